import{m as o,q as e}from"./chunk-WGDCXTHI.js";function i({subject:r}){return e("editor"),o("h1",{children:["editor ",r]})}export{i as EditorPage};
