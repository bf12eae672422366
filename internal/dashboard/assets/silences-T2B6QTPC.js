import{m as e,q as o}from"./chunk-WGDCXTHI.js";function r({subject:s}){return o("silences"),e("h1",{children:["silences ",s]})}export{r as SilencesPage};
