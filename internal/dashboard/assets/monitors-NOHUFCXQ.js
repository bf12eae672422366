import{Ga as a,Ha as b}from"./chunk-OSZP2XRF.js";import"./chunk-HSP4DYQJ.js";export{a as MonitorsPage,b as None};
