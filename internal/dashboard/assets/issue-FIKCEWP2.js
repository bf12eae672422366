import{m as e,q as o}from"./chunk-WGDCXTHI.js";function t({subject:s}){return o("issue"),e("h1",{children:["issue ",s]})}export{t as IssuePage};
