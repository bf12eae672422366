import{m as e,q as t}from"./chunk-WGDCXTHI.js";function r({subject:o}){return t("events"),e("h1",{children:["events ",o]})}export{r as EventsPage};
