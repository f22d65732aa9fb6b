var t=(o,n)=>n,e=()=>()=>null,l=(o,n)=>n;export{t as a,e as b,l as c};
