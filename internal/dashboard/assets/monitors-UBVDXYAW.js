import{m as o,q as r}from"./chunk-WGDCXTHI.js";function n({subject:t}){return r("monitors"),o("h1",{children:["monitors ",t]})}export{n as MonitorsPage};
