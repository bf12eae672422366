import{m as e,q as o}from"./chunk-WGDCXTHI.js";function r({subject:t}){return o("execution"),e("h1",{children:["execution ",t]})}export{r as ExecutionPage};
