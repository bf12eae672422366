import{Da as a,Ea as b}from"./chunk-DF3FTBGJ.js";export{a as MonitorsPage,b as None};
