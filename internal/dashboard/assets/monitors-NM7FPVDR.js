import{Fa as a,Ga as b}from"./chunk-O6DMJZ5A.js";import"./chunk-HSP4DYQJ.js";export{a as MonitorsPage,b as None};
