import{Da as a,Ea as b}from"./chunk-Y4OH2OSK.js";export{a as MonitorsPage,b as None};
