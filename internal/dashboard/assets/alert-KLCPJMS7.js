import{m as e,q as r}from"./chunk-WGDCXTHI.js";function l({subject:t}){return r("alert"),e("h1",{children:["alert ",t]})}export{l as AlertPage};
