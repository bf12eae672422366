import{m as o,q as r}from"./chunk-WGDCXTHI.js";function n({subject:t}){return r("monitor"),o("h1",{children:["monitor ",t]})}export{n as MonitorPage};
