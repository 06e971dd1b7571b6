(()=>{var cS=Object.create;var Su=Object.defineProperty;var lS=Object.getOwnPropertyDescriptor;var uS=Object.getOwnPropertyNames;var fS=Object.getPrototypeOf,dS=Object.prototype.hasOwnProperty;var _=(t,e)=>()=>(t&&(e=t(t=0)),e);var hS=(t,e)=>()=>(e||t((e={exports:{}}).exports,e),e.exports),Ot=(t,e)=>{for(var r in e)Su(t,r,{get:e[r],enumerable:!0})},pS=(t,e,r,n)=>{if(e&&typeof e=="object"||typeof e=="function")for(let i of uS(e))!dS.call(t,i)&&i!==r&&Su(t,i,{get:()=>e[i],enumerable:!(n=lS(e,i))||n.enumerable});return t};var mS=(t,e,r)=>(r=t!=null?cS(fS(t)):{},pS(e||!t||!t.__esModule?Su(r,"default",{value:t,enumerable:!0}):r,t));var Ri,vS,ta,ES,Vm,Pu=_(()=>{Ri=globalThis,vS=globalThis.document||{},ta=globalThis.process||{},ES=globalThis.console,Vm=globalThis.navigator||{}});function ra(t){if(typeof window<"u"&&window.process?.type==="renderer"||typeof process<"u"&&process.versions?.electron)return!0;let e=typeof navigator<"u"&&navigator.userAgent,r=t||e;return!!(r&&r.indexOf("Electron")>=0)}var Lu=_(()=>{});function Be(){return!(typeof process=="object"&&String(process)==="[object process]"&&!process?.browser)||ra()}var Au=_(()=>{Lu()});function Cu(t){return!t&&!Be()?"Node":ra(t)?"Electron":(t||Vm.userAgent||"").indexOf("Edge")>-1?"Edge":globalThis.chrome?"Chrome":globalThis.safari?"Safari":globalThis.mozInnerScreenX?"Firefox":"Unknown"}var Wm=_(()=>{Au();Lu();Pu()});var Mu,vr=_(()=>{Pu();Au();Wm();Mu="4.1.2"});function gn(t,e){if(!t)throw new Error(e||"Assertion failed")}var Iu=_(()=>{});function Ru(t){if(!t)return 0;let e;switch(typeof t){case"number":e=t;break;case"object":e=t.logLevel||t.priority||0;break;default:return 0}return gn(Number.isFinite(e)&&e>=0),e}function jm(t){let{logLevel:e,message:r}=t;t.logLevel=Ru(e);let n=t.args?Array.from(t.args):[];for(;n.length&&n.shift()!==r;);switch(typeof e){case"string":case"function":r!==void 0&&n.unshift(r),t.message=e;break;case"object":Object.assign(t,e);break;default:}typeof t.message=="function"&&(t.message=t.message());let i=typeof t.message;return gn(i==="string"||i==="object"),Object.assign(t,{args:n},t.opts)}var Hm=_(()=>{Iu()});var Er,na,Ym=_(()=>{Hm();Er=()=>{},na=class{constructor({level:e=0}={}){this.userData={},this._onceCache=new Set,this._level=e}set level(e){this.setLevel(e)}get level(){return this.getLevel()}setLevel(e){return this._level=e,this}getLevel(){return this._level}warn(e,...r){return this._log("warn",0,e,r,{once:!0})}error(e,...r){return this._log("error",0,e,r)}log(e,r,...n){return this._log("log",e,r,n)}info(e,r,...n){return this._log("info",e,r,n)}once(e,r,...n){return this._log("once",e,r,n,{once:!0})}_log(e,r,n,i,o={}){let s=jm({logLevel:r,message:n,args:this._buildArgs(r,n,i),opts:o});return this._createLogFunction(e,s,o)}_buildArgs(e,r,n){return[e,r,...n]}_createLogFunction(e,r,n){if(!this._shouldLog(r.logLevel))return Er;let i=this._getOnceTag(n.tag??r.tag??r.message);if((n.once||r.once)&&i!==void 0){if(this._onceCache.has(i))return Er;this._onceCache.add(i)}return this._emit(e,r)}_shouldLog(e){return this.getLevel()>=Ru(e)}_getOnceTag(e){if(e!==void 0)try{return typeof e=="string"?e:String(e)}catch{return}}}});function TS(t){try{let e=window[t],r="__storage_test__";return e.setItem(r,r),e.removeItem(r),e}catch{return null}}var ia,qm=_(()=>{ia=class{constructor(e,r,n="sessionStorage"){this.storage=TS(n),this.id=e,this.config=r,this._loadConfiguration()}getConfiguration(){return this.config}setConfiguration(e){if(Object.assign(this.config,e),this.storage){let r=JSON.stringify(this.config);this.storage.setItem(this.id,r)}}_loadConfiguration(){let e={};if(this.storage){let r=this.storage.getItem(this.id);e=r?JSON.parse(r):{}}return Object.assign(this.config,e),this}}});function Xm(t){let e;return t<10?e=`${t.toFixed(2)}ms`:t<100?e=`${t.toFixed(1)}ms`:t<1e3?e=`${t.toFixed(0)}ms`:e=`${(t/1e3).toFixed(2)}s`,e}function Zm(t,e=8){let r=Math.max(e-t.length,0);return`${" ".repeat(r)}${t}`}var Km=_(()=>{});function Qm(t){return typeof t!="string"?t:(t=t.toUpperCase(),oa[t]||oa.WHITE)}function Jm(t,e,r){return!Be&&typeof t=="string"&&(e&&(t=`\x1B[${Qm(e)}m${t}\x1B[39m`),r&&(t=`\x1B[${Qm(r)+PS}m${t}\x1B[49m`)),t}var oa,PS,eg=_(()=>{vr();(function(t){t[t.BLACK=30]="BLACK",t[t.RED=31]="RED",t[t.GREEN=32]="GREEN",t[t.YELLOW=33]="YELLOW",t[t.BLUE=34]="BLUE",t[t.MAGENTA=35]="MAGENTA",t[t.CYAN=36]="CYAN",t[t.WHITE=37]="WHITE",t[t.BRIGHT_BLACK=90]="BRIGHT_BLACK",t[t.BRIGHT_RED=91]="BRIGHT_RED",t[t.BRIGHT_GREEN=92]="BRIGHT_GREEN",t[t.BRIGHT_YELLOW=93]="BRIGHT_YELLOW",t[t.BRIGHT_BLUE=94]="BRIGHT_BLUE",t[t.BRIGHT_MAGENTA=95]="BRIGHT_MAGENTA",t[t.BRIGHT_CYAN=96]="BRIGHT_CYAN",t[t.BRIGHT_WHITE=97]="BRIGHT_WHITE"})(oa||(oa={}));PS=10});function tg(t,e=["constructor"]){let r=Object.getPrototypeOf(t),n=Object.getOwnPropertyNames(r),i=t;for(let o of n){let s=i[o];typeof s=="function"&&(e.find(a=>o===a)||(i[o]=s.bind(t)))}}var rg=_(()=>{});var sa,ft,Bu=_(()=>{vr();sa=class{getHighResolutionTimer(){let e;if(Be()&&Ri.performance)e=Ri?.performance?.now?.();else if("hrtime"in ta){let r=ta?.hrtime?.();e=r[0]*1e3+r[1]/1e6}else e=Date.now();return e}getMemoryUsageMB(){let r=Ri?.performance?.memory?.usedJSHeapSize;return r==null?null:Math.trunc(r/1024/1024)}},ft=new sa;globalThis.Probe=sa;globalThis.probe=ft});function LS(t,e,r){if(typeof e=="string"){let n=r.time?Zm(Xm(r.total)):"";e=r.time?`${t}: ${n}  ${e}`:`${t}: ${e}`,e=Jm(e,r.color,r.background)}return e}function AS(t){for(let e in t)for(let r in t[e])return r||"untitled";return"empty"}var _n,Ou,we,ku=_(()=>{vr();Ym();qm();Km();eg();rg();Iu();Bu();_n={debug:Be()&&console.debug||console.log,log:console.log,info:console.info,warn:console.warn,error:console.error},Ou={enabled:!0,level:0},we=class extends na{constructor({id:e}={id:""}){super({level:0}),this.VERSION=Mu,this._startTs=ft.getHighResolutionTimer(),this._deltaTs=ft.getHighResolutionTimer(),this.userData={},this.LOG_THROTTLE_TIMEOUT=0,this.id=e,this.userData={},this._storage=new ia(`__probe-${this.id}__`,{[this.id]:Ou}),this.timeStamp(`${this.id} started`),tg(this),Object.seal(this)}isEnabled(){return this._getConfiguration().enabled}getLevel(){return this._getConfiguration().level}getTotal(){return Number((ft.getHighResolutionTimer()-this._startTs).toPrecision(10))}getDelta(){return Number((ft.getHighResolutionTimer()-this._deltaTs).toPrecision(10))}set priority(e){this.level=e}get priority(){return this.level}getPriority(){return this.level}enable(e=!0){return this._updateConfiguration({enabled:e}),this}setLevel(e){return this._updateConfiguration({level:e}),this}get(e){return this._getConfiguration()[e]}set(e,r){this._updateConfiguration({[e]:r})}settings(){console.table?console.table(this._storage.config):console.log(this._storage.config)}assert(e,r){if(!e)throw new Error(r||"Assertion failed")}warn(e,...r){return this._log("warn",0,e,r,{method:_n.warn,once:!0})}error(e,...r){return this._log("error",0,e,r,{method:_n.error})}deprecated(e,r){return this.warn(`\`${e}\` is deprecated and will be removed in a later version. Use \`${r}\` instead`)}removed(e,r){return this.error(`\`${e}\` has been removed. Use \`${r}\` instead`)}probe(e,r,...n){let i=ft.getMemoryUsageMB();if(i!==null){let o=`${i}MB `;typeof r=="function"?r=()=>`${o}${r()}`:typeof r=="string"&&(r=`${o}${r}`)}return this._log("log",e,r,n,{method:_n.log,time:!0,once:!0})}log(e,r,...n){return this._log("log",e,r,n,{method:_n.debug})}info(e,r,...n){return this._log("info",e,r,n,{method:console.info})}once(e,r,...n){return this._log("once",e,r,n,{method:_n.debug||_n.info,once:!0})}table(e,r,n){return r?this._log("table",e,r,n&&[n]||[],{method:console.table||Er,tag:AS(r)}):Er}time(e,r){return this._log("time",e,r,[],{method:console.time?console.time:console.info})}timeEnd(e,r){return this._log("time",e,r,[],{method:console.timeEnd?console.timeEnd:console.info})}timeStamp(e,r){return this._log("time",e,r,[],{method:console.timeStamp||Er})}group(e,r,n={collapsed:!1}){let i=(n.collapsed?console.groupCollapsed:console.group)||console.info;return this._log("group",e,r,[],{method:i})}groupCollapsed(e,r,n={}){return this.group(e,r,Object.assign({},n,{collapsed:!0}))}groupEnd(e){return this._log("groupEnd",e,"",[],{method:console.groupEnd||Er})}withGroup(e,r,n){this.group(e,r)();try{n()}finally{this.groupEnd(e)()}}trace(){console.trace&&console.trace()}_shouldLog(e){return this.isEnabled()&&super._shouldLog(e)}_emit(e,r){let n=r.method;gn(n),r.total=this.getTotal(),r.delta=this.getDelta(),this._deltaTs=ft.getHighResolutionTimer();let i=LS(this.id,r.message,r);return n.bind(console,i,...r.args)}_getConfiguration(){return this._storage.config[this.id]||this._updateConfiguration(Ou),this._storage.config[this.id]}_updateConfiguration(e){let r=this._storage.config[this.id]||{...Ou};this._storage.setConfiguration({[this.id]:{...r,...e}})}};we.VERSION=Mu});var ng=_(()=>{Bu();globalThis.probe||(globalThis.probe=ft)});var JN,Bi=_(()=>{ku();ku();ng();JN=new we({id:"@probe.gl/log"})});function Ni(){let t;if(typeof window<"u"&&window.performance)t=window.performance.now();else if(typeof process<"u"&&process.hrtime){let e=process.hrtime();t=e[0]*1e3+e[1]/1e6}else t=Date.now();return t}var Qu=_(()=>{});var Tr,Ju=_(()=>{Qu();Tr=class{constructor(e,r){this.sampleSize=1,this.time=0,this.count=0,this.samples=0,this.lastTiming=0,this.lastSampleTime=0,this.lastSampleCount=0,this._count=0,this._time=0,this._samples=0,this._startTime=0,this._timerPending=!1,this.name=e,this.type=r,this.reset()}reset(){return this.time=0,this.count=0,this.samples=0,this.lastTiming=0,this.lastSampleTime=0,this.lastSampleCount=0,this._count=0,this._time=0,this._samples=0,this._startTime=0,this._timerPending=!1,this}setSampleSize(e){return this.sampleSize=e,this}incrementCount(){return this.addCount(1),this}decrementCount(){return this.subtractCount(1),this}addCount(e){return this._count+=e,this._samples++,this._checkSampling(),this}subtractCount(e){return this._count-=e,this._samples++,this._checkSampling(),this}addTime(e){return this._time+=e,this.lastTiming=e,this._samples++,this._checkSampling(),this}timeStart(){return this._startTime=Ni(),this._timerPending=!0,this}timeEnd(){return this._timerPending?(this.addTime(Ni()-this._startTime),this._timerPending=!1,this._checkSampling(),this):this}getSampleAverageCount(){return this.sampleSize>0?this.lastSampleCount/this.sampleSize:0}getSampleAverageTime(){return this.sampleSize>0?this.lastSampleTime/this.sampleSize:0}getSampleHz(){return this.lastSampleTime>0?this.sampleSize/(this.lastSampleTime/1e3):0}getAverageCount(){return this.samples>0?this.count/this.samples:0}getAverageTime(){return this.samples>0?this.time/this.samples:0}getHz(){return this.time>0?this.samples/(this.time/1e3):0}_checkSampling(){this._samples===this.sampleSize&&(this.lastSampleTime=this._time,this.lastSampleCount=this._count,this.count+=this._count,this.time+=this._time,this.samples+=this._samples,this._time=0,this._count=0,this._samples=0)}}});var ze,gg=_(()=>{Ju();ze=class{constructor(e){this.stats={},this.id=e.id,this.stats={},this._initializeStats(e.stats),Object.seal(this)}get(e,r="count"){return this._getOrCreate({name:e,type:r})}get size(){return Object.keys(this.stats).length}reset(){for(let e of Object.values(this.stats))e.reset();return this}forEach(e){for(let r of Object.values(this.stats))e(r)}getTable(){let e={};return this.forEach(r=>{e[r.name]={time:r.time||0,count:r.count||0,average:r.getAverageTime()||0,hz:r.getHz()||0}}),e}_initializeStats(e=[]){e.forEach(r=>this._getOrCreate(r))}_getOrCreate(e){let{name:r,type:n}=e,i=this.stats[r];return i||(e instanceof Tr?i=e:i=new Tr(r,n),this.stats[r]=i),i}}});var Fi=_(()=>{gg();Ju();Qu()});function Hg(t){return ArrayBuffer.isView(t)&&!(t instanceof DataView)}function Yg(t){return Array.isArray(t)?t.length===0||typeof t[0]=="number":!1}function ji(t){return Hg(t)||Yg(t)}var qg=_(()=>{});var pf=_(()=>{qg()});function Sn(t){let e=t.split(""),r=0,n=0,i=!1,o=!1,s=!1;for(;r<t.length;){let a=t[r],c=t[r+1];if(o){s?s=!1:a==="\\"?s=!0:a==='"'&&(o=!1),r++;continue}if(i){a===`
`||a==="\r"?i=!1:e[r]=" ",r++;continue}if(n>0){if(a==="/"&&c==="*"){e[r]=" ",e[r+1]=" ",n++,r+=2;continue}if(a==="*"&&c==="/"){e[r]=" ",e[r+1]=" ",n--,r+=2;continue}a!==`
`&&a!=="\r"&&(e[r]=" "),r++;continue}if(a==='"'){o=!0,r++;continue}if(a==="/"&&c==="/"){e[r]=" ",e[r+1]=" ",i=!0,r+=2;continue}if(a==="/"&&c==="*"){e[r]=" ",e[r+1]=" ",n=1,r+=2;continue}r++}return e.join("")}function Lr(t,e){let r=Sn(t),n=[];for(let i of e){i.lastIndex=0;let o;for(o=i.exec(r);o;){let s=i===e[0],a=o.index,c=o[0].length;n.push({match:t.slice(a,a+c),index:a,length:c,bindingToken:o[s?1:2],groupToken:o[s?2:1],accessDeclaration:o[3]?.trim(),name:o[4]}),o=i.exec(r)}}return n.sort((i,o)=>i.index-o.index)}function wf(t,e,r){let n=Lr(t,e);if(!n.length)return t;let i="",o=0;for(let s of n)i+=t.slice(o,s.index),i+=r(s),o=s.index+s.length;return i+=t.slice(o),i}function vf(t){return/@binding\(\s*auto\s*\)/.test(Sn(t))}function l_(t,e){return Lr(t,e===En||e===xa?jT:e).find(n=>n.bindingToken==="auto")}var De,En,xa,c_,jT,wa=_(()=>{De="(?:var<\\s*(uniform|storage(?:\\s*,\\s*[A-Za-z_][A-Za-z0-9_]*)?)\\s*>|var)\\s+([A-Za-z_][A-Za-z0-9_]*)",En=[new RegExp(`@binding\\(\\s*(auto|\\d+)\\s*\\)\\s*@group\\(\\s*(\\d+)\\s*\\)\\s*${De}`,"g"),new RegExp(`@group\\(\\s*(\\d+)\\s*\\)\\s*@binding\\(\\s*(auto|\\d+)\\s*\\)\\s*${De}`,"g")],xa=[new RegExp(`@binding\\(\\s*(auto|\\d+)\\s*\\)\\s*@group\\(\\s*(\\d+)\\s*\\)\\s*${De}`,"g"),new RegExp(`@group\\(\\s*(\\d+)\\s*\\)\\s*@binding\\(\\s*(auto|\\d+)\\s*\\)\\s*${De}`,"g")],c_=[new RegExp(`@binding\\(\\s*(\\d+)\\s*\\)\\s*@group\\(\\s*(\\d+)\\s*\\)\\s*${De}`,"g"),new RegExp(`@group\\(\\s*(\\d+)\\s*\\)\\s*@binding\\(\\s*(\\d+)\\s*\\)\\s*${De}`,"g")],jT=[new RegExp(`@binding\\(\\s*(auto)\\s*\\)\\s*@group\\(\\s*(\\d+)\\s*\\)\\s*${De}`,"g"),new RegExp(`@group\\(\\s*(\\d+)\\s*\\)\\s*@binding\\(\\s*(auto)\\s*\\)\\s*${De}`,"g"),new RegExp(`@binding\\(\\s*(auto)\\s*\\)\\s*@group\\(\\s*(\\d+)\\s*\\)(?:[\\s\\n\\r]*@[A-Za-z_][^\\n\\r]*)*[\\s\\n\\r]*${De}`,"g"),new RegExp(`@group\\(\\s*(\\d+)\\s*\\)\\s*@binding\\(\\s*(auto)\\s*\\)(?:[\\s\\n\\r]*@[A-Za-z_][^\\n\\r]*)*[\\s\\n\\r]*${De}`,"g")]});function Ea(t,e={}){let r=u_(t),n=HT(r);if(!n)return null;let i=YT(r,n);if(!i)return null;let o=XT(r,n,i);if(!o)return null;if(e.scanVertexAttributes===!1)return{attributes:[],bindings:o};let s=qT(r,n);if(!s)return null;let a=e3(r,n,i,s,e.vertexEntryPoint);return a?{attributes:a,bindings:o}:null}function u_(t){let e=Sn(t),r=/[A-Za-z_][A-Za-z0-9_]*|(?:0[xX][0-9A-Fa-f]+|\d+)|[@(){}<>\[\]:,;=]/g,n=[],i=r.exec(e);for(;i;)n.push({value:i[0],index:i.index}),i=r.exec(e);return n}function HT(t){let e=[],r=0;for(let n of t){if(n.value==="}"&&r===0)return null;e.push(r),n.value==="{"?r++:n.value==="}"&&r--}return r===0?e:null}function YT(t,e){let r=new Map;for(let n=0;n<t.length;n++){if(e[n]!==0||t[n].value!=="alias")continue;let i=t[n+1]?.value;if(!qi(i)||t[n+2]?.value!=="="||r.has(i))return null;let o=h_(t,e,n+3,";");if(o<0||o===n+3)return null;r.set(i,va(t.slice(n+3,o))),n=o}return r}function qT(t,e){let r=new Map;for(let n=0;n<t.length;n++){if(e[n]!==0||t[n].value!=="struct")continue;let i=t[n+1]?.value,o=n+2;if(!qi(i)||r.has(i)||t[o]?.value!=="{")return null;let s=Pf(t,o,"{","}");if(s<0)return null;r.set(i,t.slice(o+1,s)),n=s}return r}function XT(t,e,r){let n=[],i=new Set,o=new Set;for(let s=0;s<t.length;s++){if(e[s]!==0||t[s].value!=="var")continue;let a=p_(t,e,s),c=t.slice(a,s),l=Ef(c,"group"),u=Ef(c,"binding");if(l===null||u===null||l===void 0!=(u===void 0))return null;if(l===void 0||u===void 0)continue;let f=s+1,d=[];if(t[f]?.value==="<"){let x=Pf(t,f,"<",">");if(x<0)return null;let y=Sa(t.slice(f+1,x),",");if(!y)return null;d=y.map(va),f=x+1}let h=t[f]?.value;if(!qi(h)||t[f+1]?.value!==":")return null;let p=h_(t,e,f+2,";");if(p<0||p===f+2)return null;let g=Tf(va(t.slice(f+2,p)),r);if(!g)return null;let m=ZT({name:h,group:l,location:u,addressSpace:d,resourceType:g}),b=`${l}:${u}`;if(!m||i.has(b)||o.has(h))return null;n.push(m),i.add(b),o.add(h),s=p}return JT(n),n.sort((s,a)=>s.group-a.group||s.location-a.location||s.name.localeCompare(a.name))}function ZT(t){let{name:e,group:r,location:n,addressSpace:i,resourceType:o}=t,s={name:e,group:r,location:n};if(i[0]==="uniform"&&i.length===1)return{...s,type:"uniform"};if(i[0]==="storage"&&i.length<=2){let a=i[1]||"read";return a==="read"?{...s,type:"read-only-storage"}:a==="read_write"?{...s,type:"storage"}:null}return i.length>0?null:o==="sampler"||o==="sampler_comparison"?{...s,type:"sampler",...o==="sampler_comparison"?{samplerType:"comparison"}:{}}:o==="texture_external"?{...s,type:"external-texture"}:KT(s,o)||QT(s,o)}function KT(t,e){let r=/^texture_storage_(1d|2d|2d_array|3d)<([A-Za-z0-9_]+),(read|write|read_write)>$/.exec(e);if(!r)return null;let n={read:"read-only",write:"write-only",read_write:"read-write"}[r[3]];return{...t,type:"storage",format:r[2],access:n,viewDimension:Sf(r[1])}}function QT(t,e){let r=/^texture_(multisampled_)?(1d|2d|2d_array|cube|cube_array|3d)<(f32|i32|u32)>$/.exec(e);if(r){if(r[1]&&r[2]!=="2d")return null;let i={f32:"float",i32:"sint",u32:"uint"}[r[3]];return{...t,type:"texture",viewDimension:Sf(r[2]),sampleType:i,multisampled:!!r[1]}}let n=/^texture_depth_(multisampled_)?(2d|2d_array|cube|cube_array)$/.exec(e);return!n||n[1]&&n[2]!=="2d"?null:{...t,type:"texture",viewDimension:Sf(n[2]),sampleType:"depth",multisampled:!!n[1]}}function JT(t){for(let e of t){if(e.type!=="sampler"||e.samplerType||!e.name.endsWith("Sampler"))continue;let r=e.name.slice(0,-7);t.find(i=>i.type==="texture"&&i.name===r&&i.group===e.group)?.sampleType==="depth"&&(e.samplerType="non-filtering")}}function e3(t,e,r,n,i){let o=t3(t,e);if(!o)return null;let s=o.filter(h=>h.vertex),a=i?s.find(h=>h.name===i):s.length===1?s[0]:void 0;if(!a)return s.length===0&&!i?[]:null;let c=Sa(a.parameters,",");if(!c)return null;let l=[],u=new Set,f=new Set,d=new Set;for(let h of c)if(h.length>0&&!f_({declaration:h,aliases:r,structures:n,attributes:l,attributeLocations:u,attributeNames:f,visitedStructures:d}))return null;return l.sort((h,p)=>h.location-p.location||h.name.localeCompare(p.name))}function t3(t,e){let r=[],n=new Set;for(let i=0;i<t.length;i++){if(e[i]!==0||t[i].value!=="fn")continue;let o=t[i+1]?.value,s=i+2;if(!qi(o)||n.has(o)||t[s]?.value!=="(")return null;let a=Pf(t,s,"(",")");if(a<0)return null;let c=p_(t,e,i);r.push({name:o,vertex:d_(t.slice(c,i),"vertex"),parameters:t.slice(s+1,a)}),n.add(o),i=a}return r}function f_(t){let{declaration:e,aliases:r,structures:n,attributes:i,attributeLocations:o,attributeNames:s,visitedStructures:a}=t,c=i3(e,":");if(c<1||c===e.length-1)return!1;let l=o3(e.slice(0,c)),u=Ef(e.slice(0,c),"location"),f=d_(e.slice(0,c),"builtin"),d=Tf(va(e.slice(c+1)),r);if(!l||u===null||!d||u!==void 0&&f)return!1;if(u!==void 0){let g=n3(d);return!g||o.has(u)||s.has(l)?!1:(i.push({name:l,location:u,type:g}),o.add(u),s.add(l),!0)}if(f)return!0;let h=n.get(d);if(!h||a.has(d))return!1;let p=Sa(h,",");if(!p)return!1;a.add(d);for(let g of p)if(g.length>0&&!f_({...t,declaration:g}))return!1;return a.delete(d),!0}function Tf(t,e,r=new Set){let n=u_(t),i="";for(let o of n){let s=e.get(o.value);if(!s){i+=r3(o.value);continue}if(r.has(o.value))return null;let a=new Set(r);a.add(o.value);let c=Tf(s,e,a);if(!c)return null;i+=c}return i}function r3(t){let e=/^(vec[234]|mat[234]x[234])([fiuh])$/.exec(t);if(!e)return t;let r={f:"f32",i:"i32",u:"u32",h:"f16"}[e[2]];return`${e[1]}<${r}>`}function n3(t){return/^(?:i32|u32|f32|f16|vec[234]<(?:i32|u32|f32|f16)>)$/.test(t)?t:null}function Ef(t,e){let r;for(let n=0;n<t.length;n++)if(!(t[n].value!=="@"||t[n+1]?.value!==e)){if(r!==void 0||t[n+2]?.value!=="("||!/^\d+$/.test(t[n+3]?.value||"")||t[n+4]?.value!==")")return null;r=Number(t[n+3].value)}return r}function d_(t,e){return t.some((r,n)=>r.value==="@"&&t[n+1]?.value===e)}function Sf(t){return t.replace("_","-")}function Pf(t,e,r,n){let i=0;for(let o=e;o<t.length;o++)if(t[o].value===r)i++;else if(t[o].value===n&&--i===0)return o;return-1}function Sa(t,e){let r=[],n=0,i={"(":0,"<":0,"[":0,"{":0},o=Object.keys(i),s={")":"(",">":"<","]":"[","}":"{"};for(let a=0;a<t.length;a++){let c=t[a].value;if(c===e&&o.every(l=>i[l]===0)){r.push(t.slice(n,a)),n=a+1;continue}if(c in i)i[c]++;else if(c in s){let l=s[c];if(i[l]--,i[l]<0)return null}}return o.every(a=>i[a]===0)?(r.push(t.slice(n)),r):null}function i3(t,e){let r=Sa(t,e);return r&&r.length===2?r[0].length:-1}function h_(t,e,r,n){for(let i=r;i<t.length;i++)if(e[i]===0&&t[i].value===n)return i;return-1}function p_(t,e,r){for(let n=r-1;n>=0;n--)if(t[n].value===";"&&e[n]===0||t[n].value==="}"&&e[n]===1)return n+1;return 0}function o3(t){for(let e=t.length-1;e>=0;e--)if(qi(t[e].value))return t[e].value;return null}function va(t){return t.map(e=>e.value).join("")}function qi(t){return!!(t&&/^[A-Za-z_][A-Za-z0-9_]*$/.test(t))}var Lf=_(()=>{wa()});function Nt(t,e){if(!t){let r=new Error(e||"shadertools: assertion failed.");throw Error.captureStackTrace?.(r,Nt),r}}var Ta=_(()=>{});function g_(t){let e={};for(let[r,n]of Object.entries(t))e[r]=s3(n);return e}function s3(t){let e=m_(t);if(e!=="object")return{value:t,...Af[e],type:e};if(typeof t=="object")return t?t.type!==void 0?{...t,...Af[t.type],type:t.type}:t.value===void 0?{type:"object",value:t}:(e=m_(t.value),{...t,...Af[e],type:e}):{type:"object",value:null};throw new Error("props")}function m_(t){return Array.isArray(t)||ArrayBuffer.isView(t)?"array":typeof t}var Af,__=_(()=>{Af={number:{type:"number",validate(t,e){return Number.isFinite(t)&&typeof e=="object"&&(e.max===void 0||t<=e.max)&&(e.min===void 0||t>=e.min)}},array:{type:"array",validate(t,e){return Array.isArray(t)||ArrayBuffer.isView(t)}}}});var y_,b_,x_=_(()=>{y_=`#ifdef MODULE_LOGDEPTH
  logdepth_adjustPosition(gl_Position);
#endif
`,b_=`#ifdef MODULE_MATERIAL
  fragColor = material_filterColor(fragColor);
#endif

#ifdef MODULE_LIGHTING
  fragColor = lighting_filterColor(fragColor);
#endif

#ifdef MODULE_FOG
  fragColor = fog_filterColor(fragColor);
#endif

#ifdef MODULE_PICKING
  fragColor = picking_filterHighlightColor(fragColor);
  fragColor = picking_filterPickingColor(fragColor);
#endif

#ifdef MODULE_LOGDEPTH
  logdepth_setFragDepth();
#endif
`});function E_(t){let e={vertex:{},fragment:{}};for(let r in t){let n=t[r],i=c3(r);typeof n=="string"&&(n={order:0,injection:n}),e[i][r]=n}return e}function c3(t){let e=t.slice(0,2);switch(e){case"vs":return"vertex";case"fs":return"fragment";default:throw new Error(e)}}function Zi(t,e,r,n=!1,i="glsl",o={}){let s=e==="vertex";for(let a in r){let c=r[a];c.sort((u,f)=>u.order-f.order),Cf.length=c.length;for(let u=0,f=c.length;u<f;++u)Cf[u]=c[u].injection;let l=`${Cf.join(`
`)}
`;switch(a){case"vs:#decl":(i==="wgsl"||s)&&(t=t.replace(Xi,l));break;case"vs:#main-start":(i==="wgsl"||s)&&(t=i==="wgsl"?Pa(t,"vertex",l,"start",o.vertex):t.replace(w_,u=>u+l));break;case"vs:#main-end":(i==="wgsl"||s)&&(t=i==="wgsl"?Pa(t,"vertex",l,"end",o.vertex):t.replace(v_,u=>l+u));break;case"fs:#decl":(i==="wgsl"||!s)&&(t=t.replace(Xi,l));break;case"fs:#main-start":(i==="wgsl"||!s)&&(t=i==="wgsl"?Pa(t,"fragment",l,"start",o.fragment):t.replace(w_,u=>u+l));break;case"fs:#main-end":(i==="wgsl"||!s)&&(t=i==="wgsl"?Pa(t,"fragment",l,"end",o.fragment):t.replace(v_,u=>l+u));break;default:t=t.replace(a,u=>u+l)}}return t=t.replace(Xi,""),n&&(t=t.replace(/\}\s*$/,a=>a+a3[e])),t}function Pa(t,e,r,n,i){let o=l3(t,e,i);if(!o)return t;if(n==="start"){let s=o.openBraceIndex+1;return`${t.slice(0,s)}
${r}${t.slice(s)}`}return`${t.slice(0,o.closeBraceIndex)}${r}${t.slice(o.closeBraceIndex)}`}function l3(t,e,r){let n=e==="vertex"?"@vertex":"@fragment",i=t.indexOf(n);if(i<0)return null;let o=r?t.search(new RegExp(`\\bfn\\s+${u3(r)}\\s*\\(`)):t.indexOf("fn",i);if(o<0)return null;let s=t.indexOf("{",o);if(s<0)return null;let a=0;for(let c=s;c<t.length;c++){let l=t[c];if(l==="{")a++;else if(l==="}"&&(a--,a===0))return{openBraceIndex:s,closeBraceIndex:c}}return null}function u3(t){return t.replace(/[.*+?^${}()|[\]\\]/g,"\\$&")}var a3,w_,v_,Cf,Xi,Mf=_(()=>{x_();a3={vertex:y_,fragment:b_},w_=/void\s+main\s*\([^)]*\)\s*\{\n?/,v_=/}\n?[^{}]*$/,Cf=[],Xi="__LUMA_INJECT_DECLARATIONS__"});function Tn(t){t.map(e=>f3(e))}function f3(t){if(t.instance)return;Tn(t.dependencies||[]);let{propTypes:e={},deprecations:r=[],inject:n={}}=t,i={normalizedInjections:E_(n),parsedDeprecations:d3(r)};e&&(i.propValidators=g_(e)),t.instance=i;let o={};e&&(o=Object.entries(e).reduce((s,[a,c])=>{let l=c?.value;return l&&(s[a]=l),s},{})),t.defaultUniforms={...t.defaultUniforms,...o}}function If(t,e,r){t.deprecations?.forEach(n=>{n.regex?.test(e)&&(n.deprecated?r.deprecated(n.old,n.new)():r.removed(n.old,n.new)())})}function d3(t){return t.forEach(e=>{switch(e.type){case"function":e.regex=new RegExp(`\\b${e.old}\\(`);break;default:e.regex=new RegExp(`${e.type} ${e.old};`)}}),t}var La=_(()=>{__();Mf()});function Ar(t){Tn(t);let e={},r={};S_({modules:t,level:0,moduleMap:e,moduleDepth:r});let n=Object.keys(r).sort((i,o)=>r[o]-r[i]).map(i=>e[i]);return Tn(n),n}function S_(t){let{modules:e,level:r,moduleMap:n,moduleDepth:i}=t;if(r>=5)throw new Error("Possible loop in shader dependency graph");for(let o of e)n[o.name]=o,(i[o.name]===void 0||i[o.name]<r)&&(i[o.name]=r);for(let o of e)o.dependencies&&S_({modules:o.dependencies,level:r+1,moduleMap:n,moduleDepth:i})}var Rf=_(()=>{La()});var S,Ee=_(()=>{Bi();S=new we({id:"luma.gl"})});function h3(t,e){return t!=null?!!t:e!==void 0?e!=="production":!1}function p3(){return h3(S.get("debug"),m3())}function m3(){let t=globalThis.process;if(t?.env)return t.env.NODE_ENV}var Aa,Bf=_(()=>{Ee();Aa={id:null,powerPreference:"high-performance",failIfMajorPerformanceCaveat:!1,featureLevel:void 0,optionalFeatures:[],xrCompatible:!1,createCanvasContext:void 0,webgl:{},onError:(t,e)=>{},onResize:(t,e)=>{let[r,n]=t.getDevicePixelSize();S.log(1,`${t} resized => ${r}x${n}px`)()},onPositionChange:(t,e)=>{let[r,n]=t.getPosition();S.log(1,`${t} repositioned => ${r},${n}`)()},onVisibilityChange:t=>S.log(1,`${t} Visibility changed ${t.isVisible}`)(),onDevicePixelRatioChange:(t,e)=>S.log(1,`${t} DPR changed ${e.oldRatio} => ${t.devicePixelRatio}`)(),debug:p3(),debugGPUTime:!1,debugShaders:S.get("debug-shaders")||void 0,debugFramebuffers:!!S.get("debug-framebuffers"),debugFactories:!!S.get("debug-factories"),debugWebGL:!!S.get("debug-webgl"),debugSpectorJS:void 0,debugSpectorJSUrl:void 0,_reuseDevices:!1,_cacheShaders:!0,_destroyShaders:!1,_cachePipelines:!0,_sharePipelines:!0,_destroyPipelines:!1,_initializeFeatures:!0,_disabledFeatures:{"compilation-status-async-webgl":!0},_handle:void 0}});function y3(t,e){let r=t.stats,n=!1;for(let c of e)r[c]||(t.get(c),n=!0);let i=Object.keys(r).length,o=T_.get(t);if(!n&&o?.orderedStatNames===e&&o.statCount===i)return;let s={},a=P_.get(e);a||(a=new Set(e),P_.set(e,a));for(let c of e)r[c]&&(s[c]=r[c]);for(let[c,l]of Object.entries(r))a.has(c)||(s[c]=l);for(let c of Object.keys(r))delete r[c];Object.assign(r,s),T_.set(t,{orderedStatNames:e,statCount:i})}var g3,_3,T_,P_,Of,Ca,kf=_(()=>{Fi();g3="GPU Time and Memory",_3=["Adapter","GPU","GPU Type","GPU Backend","Frame Rate","CPU Time","GPU Time","GPU Memory","Buffer Memory","Texture Memory","External Buffer Memory","External Texture Memory","Swap Chain Texture"],T_=new WeakMap,P_=new WeakMap,Of=class{stats=new Map;getStats(e){return this.get(e)}get(e){this.stats.has(e)||this.stats.set(e,new ze({id:e}));let r=this.stats.get(e);return e===g3&&y3(r,_3),r}},Ca=new Of});var b3,L_,Df,Pn,A_=_(()=>{Bf();kf();Ee();b3="set luma.log.level=1 (or higher) to trace rendering",L_="No matching device found. Ensure `@luma.gl/webgl` and/or `@luma.gl/webgpu` modules are imported.",Df=class t{static defaultProps={...Aa,type:"best-available",adapters:void 0,waitForPageLoad:!0};stats=Ca;log=S;VERSION="9.4.2";spector;preregisteredAdapters=new Map;constructor(){if(globalThis.luma){if(globalThis.luma.VERSION!==this.VERSION)throw S.error(`Found luma.gl ${globalThis.luma.VERSION} while initialzing ${this.VERSION}`)(),S.error("'yarn why @luma.gl/core' can help identify the source of the conflict")(),new Error("luma.gl - multiple versions detected: see console log");S.error("This version of luma.gl has already been initialized")()}S.log(1,`${this.VERSION} - ${b3}`)(),globalThis.luma=this}async createDevice(e={}){let r={...t.defaultProps,...e},n=this.selectAdapter(r.type,r.adapters);if(!n)throw new Error(L_);return r.waitForPageLoad&&await n.pageLoaded,await n.create(r)}async attachDevice(e,r){let n=this._getTypeFromHandle(e,r.adapters),i=n&&this.selectAdapter(n,r.adapters);if(!i)throw new Error(L_);return await i?.attach?.(e,r)}registerAdapters(e){for(let r of e)this.preregisteredAdapters.set(r.type,r)}getSupportedAdapters(e=[]){let r=this._getAdapterMap(e);return Array.from(r).map(([,n])=>n).filter(n=>n.isSupported?.()).map(n=>n.type)}getBestAvailableAdapterType(e=[]){let r=["webgpu","webgl","null"],n=this._getAdapterMap(e);for(let i of r)if(n.get(i)?.isSupported?.())return i;return null}selectAdapter(e,r=[]){let n=e;e==="best-available"&&(n=this.getBestAvailableAdapterType(r));let i=this._getAdapterMap(r);return n&&i.get(n)||null}enforceWebGL2(e=!0,r=[]){let i=this._getAdapterMap(r).get("webgl");i||S.warn("enforceWebGL2: webgl adapter not found")(),i?.enforceWebGL2?.(e)}setDefaultDeviceProps(e){Object.assign(t.defaultProps,e)}_getAdapterMap(e=[]){let r=new Map(this.preregisteredAdapters);for(let n of e)r.set(n.type,n);return r}_getTypeFromHandle(e,r=[]){return e instanceof WebGL2RenderingContext?"webgl":typeof GPUDevice<"u"&&e instanceof GPUDevice||e?.queue?"webgpu":e===null?"null":(e instanceof WebGLRenderingContext?S.warn("WebGL1 is not supported",e)():S.warn("Unknown handle type",e)(),null)}},Pn=new Df});function v3(){return Ma||(w3()||typeof window>"u"?Ma=Promise.resolve():Ma=new Promise(t=>window.addEventListener("load",()=>t()))),Ma}var Ki,x3,w3,Ma,C_=_(()=>{vr();Ki=class{get pageLoaded(){return v3()}},x3=Be()&&typeof document<"u",w3=()=>x3&&document.readyState==="complete",Ma=null});function gt(t="id"){Nf[t]=Nf[t]||1;let e=Nf[t]++;return`${t}-${e}`}var Nf,Ln=_(()=>{Nf={}});function A3(t,e){let r={...e};for(let n in t)t[n]!==void 0&&(r[n]=t[n]);return r}function k_(t,e){let r=t.stats,n=!1;for(let c of e)r[c]||(t.get(c),n=!0);let i=Object.keys(r).length,o=B_.get(t);if(!n&&o?.orderedStatNames===e&&o.statCount===i)return;let s={},a=O_.get(e);a||(a=new Set(e),O_.set(e,a));for(let c of e)r[c]&&(s[c]=r[c]);for(let[c,l]of Object.entries(r))a.has(c)||(s[c]=l);for(let c of Object.keys(r))delete r[c];Object.assign(r,s),B_.set(t,{orderedStatNames:e,statCount:i})}function D_(t){return t.type==="webgl"?L3:P3}function Qi(t){let e=t.userData[E3];return e?.enabled?e:null}function Qt(){return globalThis.performance?.now?.()??Date.now()}function C3(t,e){let r=Qi(t);if(!(!r||!r.activeDefaultFramebufferAcquireDepth))switch(r.transientCanvasResourceCreates=(r.transientCanvasResourceCreates||0)+1,e){case"Texture":r.transientCanvasTextureCreates=(r.transientCanvasTextureCreates||0)+1;break;case"TextureView":r.transientCanvasTextureViewCreates=(r.transientCanvasTextureViewCreates||0)+1;break;case"Sampler":r.transientCanvasSamplerCreates=(r.transientCanvasSamplerCreates||0)+1;break;case"Framebuffer":r.transientCanvasFramebufferCreates=(r.transientCanvasFramebufferCreates||0)+1;break;default:break}}function M3(t){let e=Object.getPrototypeOf(t);for(;e;){let r=Object.getPrototypeOf(e);if(!r||r===B.prototype)return I3(e)||t[Symbol.toStringTag]||t.constructor.name;e=r}return t[Symbol.toStringTag]||t.constructor.name}function I3(t){let e=Object.getOwnPropertyDescriptor(t,Symbol.toStringTag);return typeof e?.get=="function"?e.get.call(t):typeof e?.value=="string"?e.value:null}var E3,M_,I_,R_,S3,T3,P3,L3,B_,O_,B,oe=_(()=>{Ln();E3="cpu-hotspot-profiler",M_="GPU Resource Counts",I_="Resource Counts",R_="GPU Time and Memory",S3=["Resources","Buffers","Textures","Samplers","TextureViews","Framebuffers","QuerySets","Shaders","RenderPipelines","ComputePipelines","PipelineLayouts","VertexArrays","RenderPasss","RenderBundleEncoders","RenderBundles","ComputePasss","CommandEncoders","CommandBuffers"],T3=["Resources","Buffers","Textures","Samplers","TextureViews","Framebuffers","QuerySets","Shaders","RenderPipelines","SharedRenderPipelines","ComputePipelines","PipelineLayouts","VertexArrays","RenderPasss","RenderBundleEncoders","RenderBundles","ComputePasss","CommandEncoders","CommandBuffers"],P3=S3.flatMap(t=>[`${t} Created`,`${t} Active`]),L3=T3.flatMap(t=>[`${t} Created`,`${t} Active`]),B_=new WeakMap,O_=new WeakMap,B=class{static defaultProps={id:"undefined",handle:void 0,_isHandleBorrowed:!1,userData:void 0};toString(){return`${this[Symbol.toStringTag]||this.constructor.name}:"${this.id}"`}toJSON(){return this.toString()}id;props;userData={};_device;destroyed=!1;allocatedBytes=0;allocatedBytesName=null;_attachedResources=new Set;get ownsHandle(){return(this.props.handle===void 0||this.props.handle===null)&&!this.isHandleBorrowed}get isHandleBorrowed(){return!!this.props._isHandleBorrowed}constructor(e,r,n){if(!e)throw new Error("no device");this._device=e,this.props=A3(r,n);let i=this.props.id!=="undefined"?this.props.id:gt(this[Symbol.toStringTag]);this.props.id=i,this.id=i,this.userData=this.props.userData||{},this.addStats()}destroy(){this.destroyed||this.destroyResource()}delete(){return this.destroy(),this}getProps(){return this.props}attachResource(e){this._attachedResources.add(e)}detachResource(e){this._attachedResources.delete(e)}destroyAttachedResource(e){this._attachedResources.delete(e)&&e.destroy()}destroyAttachedResources(){for(let e of this._attachedResources)e.destroy();this._attachedResources=new Set}destroyResource(){this.destroyed||(this.destroyAttachedResources(),this.removeStats(),this.destroyed=!0)}removeStats(){let e=Qi(this._device),r=e?Qt():0,n=[this._device.statsManager.getStats(M_),this._device.statsManager.getStats(I_)],i=D_(this._device);for(let s of n)k_(s,i);let o=this.getStatsName();for(let s of n)s.get("Resources Active").decrementCount(),s.get(`${o}s Active`).decrementCount();e&&(e.statsBookkeepingCalls=(e.statsBookkeepingCalls||0)+1,e.statsBookkeepingTimeMs=(e.statsBookkeepingTimeMs||0)+(Qt()-r))}trackAllocatedMemory(e,r=this.getStatsName()){let n=Qi(this._device),i=n?Qt():0,o=this._device.statsManager.getStats(R_);this.allocatedBytes>0&&this.allocatedBytesName&&(o.get("GPU Memory").subtractCount(this.allocatedBytes),o.get(`${this.allocatedBytesName} Memory`).subtractCount(this.allocatedBytes)),o.get("GPU Memory").addCount(e),o.get(`${r} Memory`).addCount(e),n&&(n.statsBookkeepingCalls=(n.statsBookkeepingCalls||0)+1,n.statsBookkeepingTimeMs=(n.statsBookkeepingTimeMs||0)+(Qt()-i)),this.allocatedBytes=e,this.allocatedBytesName=r}trackReferencedMemory(e,r=this.getStatsName()){this.trackAllocatedMemory(e,`External ${r}`)}trackDeallocatedMemory(e=this.getStatsName()){if(this.allocatedBytes===0){this.allocatedBytesName=null;return}let r=Qi(this._device),n=r?Qt():0,i=this._device.statsManager.getStats(R_);i.get("GPU Memory").subtractCount(this.allocatedBytes),i.get(`${this.allocatedBytesName||e} Memory`).subtractCount(this.allocatedBytes),r&&(r.statsBookkeepingCalls=(r.statsBookkeepingCalls||0)+1,r.statsBookkeepingTimeMs=(r.statsBookkeepingTimeMs||0)+(Qt()-n)),this.allocatedBytes=0,this.allocatedBytesName=null}trackDeallocatedReferencedMemory(e=this.getStatsName()){this.trackDeallocatedMemory(`Referenced ${e}`)}addStats(){let e=this.getStatsName(),r=Qi(this._device),n=r?Qt():0,i=[this._device.statsManager.getStats(M_),this._device.statsManager.getStats(I_)],o=D_(this._device);for(let s of i)k_(s,o);for(let s of i)s.get("Resources Created").incrementCount(),s.get("Resources Active").incrementCount(),s.get(`${e}s Created`).incrementCount(),s.get(`${e}s Active`).incrementCount();r&&(r.statsBookkeepingCalls=(r.statsBookkeepingCalls||0)+1,r.statsBookkeepingTimeMs=(r.statsBookkeepingTimeMs||0)+(Qt()-n)),C3(this._device,e)}getStatsName(){return M3(this)}}});var k,Ia=_(()=>{oe();k=class t extends B{static INDEX=16;static VERTEX=32;static UNIFORM=64;static STORAGE=128;static INDIRECT=256;static QUERY_RESOLVE=512;static MAP_READ=1;static MAP_WRITE=2;static COPY_SRC=4;static COPY_DST=8;get[Symbol.toStringTag](){return"Buffer"}usage;indexType;updateTimestamp;constructor(e,r){let n={...r};(r.usage||0)&t.INDEX&&!r.indexType&&(r.data instanceof Uint32Array?n.indexType="uint32":r.data instanceof Uint16Array?n.indexType="uint16":r.data instanceof Uint8Array&&(n.indexType="uint8")),delete n.data,super(e,n,t.defaultProps),this.usage=n.usage||0,this.indexType=n.indexType,this.updateTimestamp=e.incrementTimestamp()}clone(e){return this.device.createBuffer({...this.props,...e})}static DEBUG_DATA_MAX_LENGTH=32;debugData=new ArrayBuffer(0);_setDebugData(e,r,n){if(!this.device.props.debug)return;let i=null,o;ArrayBuffer.isView(e)?(i=e,o=e.buffer):o=e;let s=Math.min(e?e.byteLength:n,t.DEBUG_DATA_MAX_LENGTH);if(o===null)this.debugData=new ArrayBuffer(s);else{let a=Math.min(i?.byteOffset||0,o.byteLength),c=Math.max(0,o.byteLength-a),l=Math.min(s,c);this.debugData=new Uint8Array(o,a,l).slice().buffer}}static defaultProps={...B.defaultProps,handle:void 0,usage:0,byteLength:0,byteOffset:0,data:null,indexType:"uint16",onMapped:void 0}}});function N_(){return Ff??Uint16Array}function F_(t){return!!(Ff&&t===Ff)}var Ff,U_=_(()=>{Ff=globalThis.Float16Array});function G_(t){let e=t.includes("norm"),r=!e&&!t.startsWith("float"),n=t.startsWith("s"),i=Uf[t],[o,s,a]=i||["uint8 ","i32",1];return{signedType:o,primitiveType:s,byteLength:a,normalized:e,integer:r,signed:n}}function $_(t){let e=t;switch(e){case"uint8":return"unorm8";case"sint8":return"snorm8";case"uint16":return"unorm16";case"sint16":return"snorm16";default:return e}}function Ve(t,e){switch(e){case 1:return t;case 2:return t+t%2;default:return t+(4-t%4)%4}}function Ra(t){let e=ArrayBuffer.isView(t)?t.constructor:t;if(F_(e))return"float16";if(e===Uint8ClampedArray)return"uint8";let r=Object.values(Uf).find(n=>e===n[4]);if(!r)throw new Error(e.name);return r[0]}function z_(t){return Ra(t)}function Cr(t){if(t==="float16")return N_();let e=Uf[t];if(!e)throw new Error(t);let[,,,,r]=e;return r}function Mr(t){return Cr(t)}var Uf,Ba=_(()=>{U_();Uf={uint8:["uint8","u32",1,!1,Uint8Array],sint8:["sint8","i32",1,!1,Int8Array],unorm8:["uint8","f32",1,!0,Uint8Array],snorm8:["sint8","f32",1,!0,Int8Array],uint16:["uint16","u32",2,!1,Uint16Array],sint16:["sint16","i32",2,!1,Int16Array],unorm16:["uint16","u32",2,!0,Uint16Array],snorm16:["sint16","i32",2,!0,Int16Array],float16:["float16","f16",2,!1,Uint16Array],float32:["float32","f32",4,!1,Float32Array],uint32:["uint32","u32",4,!1,Uint32Array],sint32:["sint32","i32",4,!1,Int32Array]}});var Gf,le,Oa=_(()=>{Ba();Gf=class{getDataTypeInfo(e){return G_(e)}getNormalizedDataType(e){return $_(e)}alignTo(e,r){return Ve(e,r)}getDataType(e){return z_(e)}getTypedArrayConstructor(e){return Mr(e)}},le=new Gf});function R3(t,e){try{return le.getDataTypeInfo(e)}catch{throw new Error(`Unsupported vertex format: ${t}`)}}function B3(t,e){if(!e)return 1;let r=Number(e);if(r===2||r===3||r===4)return r;throw new Error(`Unsupported vertex format: ${t}`)}function O3(t,e,r){if(r!==3)throw new Error(`Unsupported vertex format: ${t}`);switch(e){case"uint8":case"sint8":case"unorm8":case"snorm8":case"uint16":case"sint16":case"unorm16":case"snorm16":return`${e}x3-webgl`;default:throw new Error(`Unsupported vertex format: ${t}`)}}var $f,H,Ji=_(()=>{Oa();$f=class{getVertexFormatInfo(e){if(e==="unorm10-10-10-2")return{type:"unorm8",components:4,byteLength:4,integer:!1,signed:!1,normalized:!0};let r=e==="unorm8x4-bgra"?"unorm8x4":e,n;r.endsWith("-webgl")&&(r=r.slice(0,-6),n=!0);let i=r.split("x");if(i.length>2)throw new Error(`Unsupported vertex format: ${e}`);let[o,s]=i,a=o,c=B3(e,s),l=R3(e,a),u;try{u=n?O3(e,a,c):this.makeVertexFormat(l.signedType,c,l.normalized)}catch{throw new Error(`Unsupported vertex format: ${e}`)}if(u!==(n?e:r))throw new Error(`Unsupported vertex format: ${e}`);let f={type:a,components:c,byteLength:l.byteLength*c,integer:l.integer,signed:l.signed,normalized:l.normalized};return n&&(f.webglOnly=!0),f}makeVertexFormat(e,r,n){let i=n?le.getNormalizedDataType(e):e;switch(i){case"unorm8":return r===1?"unorm8":r===3?"unorm8x3-webgl":`${i}x${r}`;case"snorm8":return r===1?"snorm8":r===3?"snorm8x3-webgl":`${i}x${r}`;case"uint8":case"sint8":if(r===3)throw new Error(`size: ${r}`);return r===1?i:`${i}x${r}`;case"uint16":return r===1?"uint16":r===3?"uint16x3-webgl":`${i}x${r}`;case"sint16":return r===1?"sint16":r===3?"sint16x3-webgl":`${i}x${r}`;case"unorm16":return r===1?"unorm16":r===3?"unorm16x3-webgl":`${i}x${r}`;case"snorm16":return r===1?"snorm16":r===3?"snorm16x3-webgl":`${i}x${r}`;case"float16":if(r===3)throw new Error(`size: ${r}`);return r===1?i:`${i}x${r}`;default:return r===1?i:`${i}x${r}`}}getVertexFormatFromAttribute(e,r,n){if(!r||r>4)throw new Error(`size ${r}`);let i=r,o=le.getDataType(e);return this.makeVertexFormat(o,i,n)}getCompatibleVertexFormat(e){let r;switch(e.primitiveType){case"f32":r="float32";break;case"i32":r="sint32";break;case"u32":r="uint32";break;case"f16":return e.components<=2?"float16x2":"float16x4"}return e.components===1?r:`${r}x${e.components}`}},H=new $f});function Fa(t){let e=j_[t];if(!e)throw new Error(`Unsupported texture format ${t}`);return e}function W_(){return j_}var fe,V,_t,k3,ka,zf,Da,Vf,D3,Wf,Jt,jf,Hf,Na,V_,N3,F3,j_,Yf=_(()=>{fe="texture-compression-bc",V="texture-compression-astc",_t="texture-compression-etc2",k3="texture-compression-etc1-webgl",ka="texture-compression-pvrtc-webgl",zf="texture-compression-atc-webgl",Da="float32-renderable-webgl",Vf="float16-renderable-webgl",D3="rgb9e5ufloat-renderable-webgl",Wf="snorm8-renderable-webgl",Jt="norm16-webgl",jf="norm16-renderable-webgl",Hf="snorm16-renderable-webgl",Na="float32-filterable",V_="float16-filterable-webgl";N3={r8unorm:{webgpu:527},rg8unorm:{webgpu:527},"rgb8unorm-webgl":{},rgba8unorm:{webgpu:31},"rgba8unorm-srgb":{webgpu:15},r8snorm:{render:Wf,webgpu:837},rg8snorm:{render:Wf,webgpu:837},"rgb8snorm-webgl":{},rgba8snorm:{render:Wf,webgpu:341},r8uint:{webgpu:515},rg8uint:{webgpu:515},rgba8uint:{webgpu:19},r8sint:{webgpu:515},rg8sint:{webgpu:515},rgba8sint:{webgpu:19},bgra8unorm:{webgpu:15},"bgra8unorm-srgb":{webgpu:15360},r16unorm:{f:Jt,render:jf,webgpu:992},rg16unorm:{f:Jt,render:jf,webgpu:992},"rgb16unorm-webgl":{f:Jt,render:!1},rgba16unorm:{f:Jt,render:jf,webgpu:992},r16snorm:{f:Jt,render:Hf,webgpu:992},rg16snorm:{f:Jt,render:Hf,webgpu:992},"rgb16snorm-webgl":{f:Jt,render:!1},rgba16snorm:{f:Jt,render:Hf,webgpu:992},r16uint:{webgpu:515},rg16uint:{webgpu:515},rgba16uint:{webgpu:19},r16sint:{webgpu:515},rg16sint:{webgpu:515},rgba16sint:{webgpu:19},r16float:{render:Vf,filter:"float16-filterable-webgl",webgpu:527},rg16float:{render:Vf,filter:V_,webgpu:527},rgba16float:{render:Vf,filter:V_,webgpu:31},r32uint:{webgpu:19},rg32uint:{webgpu:16387},rgba32uint:{webgpu:19},r32sint:{webgpu:19},rg32sint:{webgpu:16387},rgba32sint:{webgpu:19},r32float:{render:Da,filter:Na,webgpu:19},rg32float:{render:!1,filter:Na,webgpu:16387},"rgb32float-webgl":{render:Da,filter:Na},rgba32float:{render:Da,filter:Na,webgpu:19},"rgba4unorm-webgl":{channels:"rgba",bitsPerChannel:[4,4,4,4],packed:!0},"rgb565unorm-webgl":{channels:"rgb",bitsPerChannel:[5,6,5,0],packed:!0},"rgb5a1unorm-webgl":{channels:"rgba",bitsPerChannel:[5,5,5,1],packed:!0},rgb9e5ufloat:{channels:"rgb",packed:!0,render:D3,webgpu:5},rg11b10ufloat:{channels:"rgb",bitsPerChannel:[11,11,10,0],packed:!0,p:1,render:Da,webgpu:517},rgb10a2unorm:{channels:"rgba",bitsPerChannel:[10,10,10,2],packed:!0,p:1,webgpu:527},rgb10a2uint:{channels:"rgba",bitsPerChannel:[10,10,10,2],packed:!0,p:1,webgpu:515},stencil8:{attachment:"stencil",bitsPerChannel:[8,0,0,0],dataType:"uint8",webgpu:3},depth16unorm:{attachment:"depth",bitsPerChannel:[16,0,0,0],dataType:"uint16",webgpu:3},depth24plus:{attachment:"depth",bitsPerChannel:[24,0,0,0],dataType:"uint32",webgpu:3},depth32float:{attachment:"depth",bitsPerChannel:[32,0,0,0],dataType:"float32",webgpu:3},"depth24plus-stencil8":{attachment:"depth-stencil",bitsPerChannel:[24,8,0,0],packed:!0,webgpu:3},"depth32float-stencil8":{attachment:"depth-stencil",bitsPerChannel:[32,8,0,0],packed:!0,f:"depth32float-stencil8",webgpu:3}},F3={"bc1-rgb-unorm-webgl":{f:fe},"bc1-rgb-unorm-srgb-webgl":{f:fe},"bc1-rgba-unorm":{f:fe},"bc1-rgba-unorm-srgb":{f:fe},"bc2-rgba-unorm":{f:fe},"bc2-rgba-unorm-srgb":{f:fe},"bc3-rgba-unorm":{f:fe},"bc3-rgba-unorm-srgb":{f:fe},"bc4-r-unorm":{f:fe},"bc4-r-snorm":{f:fe},"bc5-rg-unorm":{f:fe},"bc5-rg-snorm":{f:fe},"bc6h-rgb-ufloat":{f:fe},"bc6h-rgb-float":{f:fe},"bc7-rgba-unorm":{f:fe},"bc7-rgba-unorm-srgb":{f:fe},"etc2-rgb8unorm":{f:_t},"etc2-rgb8unorm-srgb":{f:_t},"etc2-rgb8a1unorm":{f:_t},"etc2-rgb8a1unorm-srgb":{f:_t},"etc2-rgba8unorm":{f:_t},"etc2-rgba8unorm-srgb":{f:_t},"eac-r11unorm":{f:_t},"eac-r11snorm":{f:_t},"eac-rg11unorm":{f:_t},"eac-rg11snorm":{f:_t},"astc-4x4-unorm":{f:V},"astc-4x4-unorm-srgb":{f:V},"astc-5x4-unorm":{f:V},"astc-5x4-unorm-srgb":{f:V},"astc-5x5-unorm":{f:V},"astc-5x5-unorm-srgb":{f:V},"astc-6x5-unorm":{f:V},"astc-6x5-unorm-srgb":{f:V},"astc-6x6-unorm":{f:V},"astc-6x6-unorm-srgb":{f:V},"astc-8x5-unorm":{f:V},"astc-8x5-unorm-srgb":{f:V},"astc-8x6-unorm":{f:V},"astc-8x6-unorm-srgb":{f:V},"astc-8x8-unorm":{f:V},"astc-8x8-unorm-srgb":{f:V},"astc-10x5-unorm":{f:V},"astc-10x5-unorm-srgb":{f:V},"astc-10x6-unorm":{f:V},"astc-10x6-unorm-srgb":{f:V},"astc-10x8-unorm":{f:V},"astc-10x8-unorm-srgb":{f:V},"astc-10x10-unorm":{f:V},"astc-10x10-unorm-srgb":{f:V},"astc-12x10-unorm":{f:V},"astc-12x10-unorm-srgb":{f:V},"astc-12x12-unorm":{f:V},"astc-12x12-unorm-srgb":{f:V},"pvrtc-rgb4unorm-webgl":{f:ka},"pvrtc-rgba4unorm-webgl":{f:ka},"pvrtc-rgb2unorm-webgl":{f:ka},"pvrtc-rgba2unorm-webgl":{f:ka},"etc1-rbg-unorm-webgl":{f:k3},"atc-rgb-unorm-webgl":{f:zf},"atc-rgba-unorm-webgl":{f:zf},"atc-rgbai-unorm-webgl":{f:zf}},j_={...N3,...F3}});function W3({format:t,width:e,height:r,depth:n,byteAlignment:i}){let o=Se.getInfo(t),{bytesPerPixel:s,bytesPerBlock:a=s,blockWidth:c=1,blockHeight:l=1,compressed:u=!1}=o,f=u?Math.ceil(e/c):e,d=u?Math.ceil(r/l):r,h=f*a,p=Math.ceil(h/i)*i,g=d,m=p*g*n;return{bytesPerPixel:s,bytesPerRow:p,rowsPerImage:g,depthOrArrayLayers:n,bytesPerImage:p*g,byteLength:m}}function j3(t){let e=Fa(t),r={format:t,create:e.f??!0,render:e.render??!0,filter:e.filter??!0,blend:e.blend??!0,store:e.store??!0},n=H_(t),i=t.startsWith("depth")||t.startsWith("stencil"),o=n?.signed,s=n?.integer,a=n?.webgl,c=!!n?.compressed;return r.render&&=!i&&!c,r.filter&&=!i&&!o&&!s&&!a,r}function H_(t){let e=H3(t);if(Se.isCompressed(t)){e.channels="rgb",e.components=3,e.bytesPerPixel=1,e.srgb=!1,e.compressed=!0,e.bytesPerBlock=q3(t);let n=Y3(t);n&&(e.blockWidth=n.blockWidth,e.blockHeight=n.blockHeight)}let r=e.packed?null:U3.exec(t);if(r){let[,n,i,o,s,a]=r,c=`${o}${i}`,l=le.getDataTypeInfo(c),u=l.byteLength*8,f=n?.length??1,d=[u,f>=2?u:0,f>=3?u:0,f>=4?u:0];e={format:t,attachment:e.attachment,dataType:l.signedType,components:f,channels:n,integer:l.integer,signed:l.signed,normalized:l.normalized,bitsPerChannel:d,bytesPerPixel:l.byteLength*f,packed:e.packed,srgb:e.srgb},a==="-webgl"&&(e.webgl=!0),s==="-srgb"&&(e.srgb=!0)}return t.endsWith("-webgl")&&(e.webgl=!0),t.endsWith("-srgb")&&(e.srgb=!0),e}function H3(t){let e={...Fa(t)},r=e.bytesPerPixel||1,n=e.bitsPerChannel||[8,8,8,8];return delete e.bitsPerChannel,delete e.bytesPerPixel,delete e.f,delete e.render,delete e.filter,delete e.blend,delete e.store,delete e.webgpu,{...e,format:t,attachment:e.attachment||"color",channels:e.channels||"r",components:e.components||e.channels?.length||1,bytesPerPixel:r,bitsPerChannel:n,dataType:e.dataType||"uint8",srgb:e.srgb??!1,packed:e.packed??!1,webgl:e.webgl??!1,integer:e.integer??!1,signed:e.signed??!1,normalized:e.normalized??!1,compressed:e.compressed??!1}}function Y3(t){let r=/.*-(\d+)x(\d+)-.*/.exec(t);if(r){let[,n,i]=r;return{blockWidth:Number(n),blockHeight:Number(i)}}return t.startsWith("bc")||t.startsWith("etc1")||t.startsWith("etc2")||t.startsWith("eac")||t.startsWith("atc")?{blockWidth:4,blockHeight:4}:t.startsWith("pvrtc-rgb4")||t.startsWith("pvrtc-rgba4")?{blockWidth:4,blockHeight:4}:t.startsWith("pvrtc-rgb2")||t.startsWith("pvrtc-rgba2")?{blockWidth:8,blockHeight:4}:null}function q3(t){return t.startsWith("bc1")||t.startsWith("bc4")||t.startsWith("etc1")||t.startsWith("etc2-rgb8")||t.startsWith("etc2-rgb8a1")||t.startsWith("eac-r11")||t==="atc-rgb-unorm-webgl"?8:t.startsWith("bc2")||t.startsWith("bc3")||t.startsWith("bc5")||t.startsWith("bc6h")||t.startsWith("bc7")||t.startsWith("etc2-rgba8")||t.startsWith("eac-rg11")||t.startsWith("astc")||t==="atc-rgba-unorm-webgl"||t==="atc-rgbai-unorm-webgl"?16:t.startsWith("pvrtc")?8:16}var U3,G3,$3,z3,V3,qf,Se,Ua=_(()=>{Oa();Yf();U3=/^(r|rg|rgb|rgba|bgra)([0-9]*)([a-z]*)(-srgb)?(-webgl)?$/,G3=["rgb","rgba","bgra"],$3=["depth","stencil"],z3=5,V3=["bc1","bc2","bc3","bc4","bc5","bc6","bc7","etc1","etc2","eac","atc","astc","pvrtc"],qf=class{isColor(e){return G3.some(r=>e.startsWith(r))}isDepthStencil(e){return $3.some(r=>e.startsWith(r))}isCompressed(e){return V3.some(r=>e.startsWith(r))}getInfo(e){return H_(e)}getCapabilities(e){return j3(e)}getWebGPUCapabilities(e){let r=Fa(e);return r.webgpu!==void 0?r.webgpu:this.isCompressed(e)&&!e.endsWith("-webgl")?z3:0}computeMemoryLayout(e){return W3(e)}},Se=new qf});function Y_(t){return typeof ImageData<"u"&&t instanceof ImageData||typeof ImageBitmap<"u"&&t instanceof ImageBitmap||typeof HTMLImageElement<"u"&&t instanceof HTMLImageElement||typeof HTMLVideoElement<"u"&&t instanceof HTMLVideoElement||typeof VideoFrame<"u"&&t instanceof VideoFrame||typeof HTMLCanvasElement<"u"&&t instanceof HTMLCanvasElement||typeof OffscreenCanvas<"u"&&t instanceof OffscreenCanvas}function q_(t){if(typeof ImageData<"u"&&t instanceof ImageData||typeof ImageBitmap<"u"&&t instanceof ImageBitmap||typeof HTMLCanvasElement<"u"&&t instanceof HTMLCanvasElement||typeof OffscreenCanvas<"u"&&t instanceof OffscreenCanvas)return{width:t.width,height:t.height};if(typeof HTMLImageElement<"u"&&t instanceof HTMLImageElement)return{width:t.naturalWidth,height:t.naturalHeight};if(typeof HTMLVideoElement<"u"&&t instanceof HTMLVideoElement)return{width:t.videoWidth,height:t.videoHeight};if(typeof VideoFrame<"u"&&t instanceof VideoFrame)return{width:t.displayWidth,height:t.displayHeight};throw new Error("Unknown image type")}var X_=_(()=>{});function X3(t,e){let r=Xf(t),n=e.map(Xf).filter(i=>i!==void 0);return[r,...n].filter(i=>i!==void 0)}function Xf(t){if(t!==void 0){if(t===null||typeof t=="string"||typeof t=="number"||typeof t=="boolean")return t;if(t instanceof Error)return t.message;if(Array.isArray(t))return t.map(Xf);if(typeof t=="object"){if(Z3(t)){let e=String(t);if(e!=="[object Object]")return e}return K3(t)?Q3(t):t.constructor?.name||"Object"}return String(t)}}function Z3(t){return"toString"in t&&typeof t.toString=="function"&&t.toString!==Object.prototype.toString}function K3(t){return"message"in t&&"type"in t}function Q3(t){let e=typeof t.type=="string"?t.type:"message",r=typeof t.message=="string"?t.message:"",n=typeof t.lineNum=="number"?t.lineNum:null,i=typeof t.linePos=="number"?t.linePos:null,o=n!==null&&i!==null?` @ ${n}:${i}`:n!==null?` @ ${n}`:"";return`${e}${o}: ${r}`.trim()}function Zf(){if(typeof HTMLCanvasElement>"u")return!1;let t=HTMLCanvasElement.prototype;return"layoutSubtree"in t&&typeof t.requestPaint=="function"}var eo,to,Ft,Z_=_(()=>{kf();Ee();Ln();Ia();Ji();Ua();X_();Yf();Bf();eo=class{};to=class{features;disabledFeatures;constructor(e=[],r){this.features=new Set(e),this.disabledFeatures=r||{}}*[Symbol.iterator](){yield*this.features}has(e){return!this.disabledFeatures?.[e]&&this.features.has(e)}};Ft=class t{static defaultProps={...Aa};get[Symbol.toStringTag](){return"Device"}toString(){return`Device(${this.id})`}toJSON(){return this.toString()}id;props;userData={};statsManager=Ca;_factories={};timestamp=0;_reused=!1;_moduleData={};wgslLanguageFeatures=new Set;_textureCaps={};_debugGPUTimeQuery=null;constructor(e){this.props={...t.defaultProps,...e},this.id=this.props.id||gt(this[Symbol.toStringTag].toLowerCase())}getVertexFormatInfo(e){return H.getVertexFormatInfo(e)}isVertexFormatSupported(e){return!0}getTextureFormatInfo(e){return Se.getInfo(e)}getTextureFormatCapabilities(e){let r=this._textureCaps[e];if(!r){let n=this._getDeviceTextureFormatCapabilities(e);r=this._getDeviceSpecificTextureFormatCapabilities(n),this._textureCaps[e]=r}return r}getMipLevelCount(e,r,n=1){let i=Math.max(e,r,n);return 1+Math.floor(Math.log2(i))}isExternalImage(e){return Y_(e)}getExternalImageSize(e){return q_(e)}isTextureFormatSupported(e){return this.getTextureFormatCapabilities(e).create}isTextureFormatFilterable(e){return this.getTextureFormatCapabilities(e).filter}isTextureFormatRenderable(e){return this.getTextureFormatCapabilities(e).render}isTextureFormatCompressed(e){return Se.isCompressed(e)}getSupportedCompressedTextureFormats(){let e=[];for(let r of Object.keys(W_()))this.isTextureFormatCompressed(r)&&this.isTextureFormatSupported(r)&&e.push(r);return e}pushDebugGroup(e){this.commandEncoder.pushDebugGroup(e)}popDebugGroup(){this.commandEncoder?.popDebugGroup()}insertDebugMarker(e){this.commandEncoder?.insertDebugMarker(e)}loseDevice(){return!1}incrementTimestamp(){return this.timestamp++}reportError(e,r,...n){if(!this.props.onError(e,r)){let o=X3(r,n);return S.error(this.type==="webgl"?"%cWebGL":"%cWebGPU","color: white; background: red; padding: 2px 6px; border-radius: 3px;",e.message,...o)}return()=>{}}debug(){if(this.props.debug)debugger;else S.once(0,`'Type luma.log.set({debug: true}) in console to enable debug breakpoints',
or create a device with the 'debug: true' prop.`)()}getDefaultCanvasContext(){if(!this.canvasContext)throw new Error("Device has no default CanvasContext. See props.createCanvasContext");return this.canvasContext}createFence(){throw new Error("createFence() not implemented")}beginRenderPass(e){return this.commandEncoder.beginRenderPass(e)}beginComputePass(e){return this.commandEncoder.beginComputePass(e)}writeBufferViaCommandEncoder(e,r,n,i=0){throw new Error("writeBufferViaCommandEncoder() not implemented")}generateMipmapsWebGPU(e){throw new Error("not implemented")}_createSharedRenderPipelineWebGL(e){throw new Error("_createSharedRenderPipelineWebGL() not implemented")}_createBindGroupLayoutWebGPU(e,r){throw new Error("_createBindGroupLayoutWebGPU() not implemented")}_createBindGroupWebGPU(e,r,n,i,o){throw new Error("_createBindGroupWebGPU() not implemented")}_supportsDebugGPUTime(){return this.features.has("timestamp-query")&&!!(this.props.debug||this.props.debugGPUTime)}_enableDebugGPUTime(e=256){if(!this._supportsDebugGPUTime())return null;if(this._debugGPUTimeQuery)return this._debugGPUTimeQuery;try{this._debugGPUTimeQuery=this.createQuerySet({type:"timestamp",count:e}),this.commandEncoder=this.createCommandEncoder({id:this.commandEncoder.props.id,timeProfilingQuerySet:this._debugGPUTimeQuery})}catch{this._debugGPUTimeQuery=null}return this._debugGPUTimeQuery}_disableDebugGPUTime(){this._debugGPUTimeQuery&&(this.commandEncoder.getTimeProfilingQuerySet()===this._debugGPUTimeQuery&&(this.commandEncoder=this.createCommandEncoder({id:this.commandEncoder.props.id})),this._debugGPUTimeQuery.destroy(),this._debugGPUTimeQuery=null)}_isDebugGPUTimeEnabled(){return this._debugGPUTimeQuery!==null}getCanvasContext(){return this.getDefaultCanvasContext()}readPixelsToArrayWebGL(e,r){throw new Error("not implemented")}readPixelsToBufferWebGL(e,r){throw new Error("not implemented")}setParametersWebGL(e){throw new Error("not implemented")}getParametersWebGL(e){throw new Error("not implemented")}withParametersWebGL(e,r){throw new Error("not implemented")}clearWebGL(e){throw new Error("not implemented")}resetWebGL(){throw new Error("not implemented")}getModuleData(e){return this._moduleData[e]||={},this._moduleData[e]}static _getCanvasContextProps(e){return e.createCanvasContext===!0?{}:e.createCanvasContext}_getDeviceTextureFormatCapabilities(e){let r=Se.getCapabilities(e),n=o=>(typeof o=="string"?this.features.has(o):o)??!0,i=n(r.create);return{format:e,create:i,render:i&&n(r.render),filter:i&&n(r.filter),blend:i&&n(r.blend),store:i&&n(r.store)}}_normalizeBufferProps(e){(e instanceof ArrayBuffer||ArrayBuffer.isView(e))&&(e={data:e});let r={...e};if((e.usage||0)&k.INDEX&&(e.indexType||(e.data instanceof Uint32Array?r.indexType="uint32":e.data instanceof Uint16Array?r.indexType="uint16":e.data instanceof Uint8Array&&(r.data=new Uint16Array(e.data),r.indexType="uint16")),!r.indexType))throw new Error("indices buffer content must be of type uint16 or uint32");return r}}});var Ga,K_=_(()=>{Ga=class{props;_resizeObserver;_intersectionObserver;_observeDevicePixelRatioTimeout=null;_observeDevicePixelRatioMediaQuery=null;_handleDevicePixelRatioChange=()=>this._refreshDevicePixelRatio();_trackPositionInterval=null;_started=!1;get started(){return this._started}constructor(e){this.props=e}start(){if(this._started||!this.props.canvas)return;this._started=!0,this._intersectionObserver||=new IntersectionObserver(r=>this.props.onIntersection(r)),this._resizeObserver||=new ResizeObserver(r=>this.props.onResize(r)),this._intersectionObserver.observe(this.props.canvas);let e=this.props.resizeObserverBox;try{this._resizeObserver.observe(this.props.canvas,{box:e})}catch{this._resizeObserver.observe(this.props.canvas,{box:"content-box"})}this._observeDevicePixelRatioTimeout=setTimeout(()=>this._refreshDevicePixelRatio(),0),this.props.trackPosition&&this._trackPosition()}stop(){this._started&&(this._started=!1,this._observeDevicePixelRatioTimeout&&(clearTimeout(this._observeDevicePixelRatioTimeout),this._observeDevicePixelRatioTimeout=null),this._observeDevicePixelRatioMediaQuery&&(this._observeDevicePixelRatioMediaQuery.removeEventListener("change",this._handleDevicePixelRatioChange),this._observeDevicePixelRatioMediaQuery=null),this._trackPositionInterval&&(clearInterval(this._trackPositionInterval),this._trackPositionInterval=null),this._resizeObserver?.disconnect(),this._intersectionObserver?.disconnect())}_refreshDevicePixelRatio(){this._started&&(this.props.onDevicePixelRatioChange(),this._observeDevicePixelRatioMediaQuery?.removeEventListener("change",this._handleDevicePixelRatioChange),this._observeDevicePixelRatioMediaQuery=matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`),this._observeDevicePixelRatioMediaQuery.addEventListener("change",this._handleDevicePixelRatioChange,{once:!0}))}_trackPosition(e=100){this._trackPositionInterval||(this._trackPositionInterval=setInterval(()=>{this._started?this.props.onPositionChange():this._trackPositionInterval&&(clearInterval(this._trackPositionInterval),this._trackPositionInterval=null)},e))}}});function Q_(){let t,e;return{promise:new Promise((n,i)=>{t=n,e=i}),resolve:t,reject:e}}var J_=_(()=>{});function er(t,e){if(!t){let r=new Error(e??"luma.gl assertion failed.");throw Error.captureStackTrace?.(r,er),r}}function tr(t,e){return er(t,e),t}var Kf=_(()=>{});function J3(t){if(typeof t=="string"){let e=document.getElementById(t);if(!e)throw new Error(`${t} is not an HTML element`);return e}return t||document.body}function eP(t){let e=document.getElementById(t);if(!rr.isHTMLCanvas(e))throw new Error("Object is not a canvas element");return e}function tP(t){let{width:e,height:r}=t,n=document.createElement("canvas");n.id=gt("lumagl-auto-created-canvas"),n.width=e||1,n.height=r||1,n.style.width=Number.isFinite(e)?`${e}px`:"100%",n.style.height=Number.isFinite(r)?`${r}px`:"100%",t?.visible||(n.style.visibility="hidden");let i=J3(t?.container||null);return i.insertBefore(n,i.firstChild),n}function rP(t,e,r,n,i){let o=t,s=ey(o[0],e,r),a=ty(o[1],e,n,i),c=ey(o[0]+1,e,r),l=c===r-1?c:c-1;c=ty(o[1]+1,e,n,i);let u;return i?(c=c===0?c:c+1,u=a,a=c):u=c===n-1?c:c-1,{x:s,y:a,width:Math.max(l-s+1,1),height:Math.max(u-a+1,1)}}function ey(t,e,r){return Math.min(Math.round(t*e),r-1)}function ty(t,e,r,n){return n?Math.max(0,r-1-Math.round(t*e)):Math.min(Math.round(t*e),r-1)}var rr,Qf=_(()=>{vr();K_();Ln();J_();Kf();rr=class t{static isHTMLCanvas(e){return typeof HTMLCanvasElement<"u"&&e instanceof HTMLCanvasElement}static isOffscreenCanvas(e){return typeof OffscreenCanvas<"u"&&e instanceof OffscreenCanvas}static defaultProps={id:void 0,canvas:null,width:800,height:600,useDevicePixels:!0,pixelSizeSource:"exact",autoResize:!0,container:null,visible:!0,alphaMode:"opaque",colorSpace:"srgb",colorFormat:void 0,toneMapping:"standard",trackPosition:!1};id;props;canvas;htmlCanvas;offscreenCanvas;type;initialized;isInitialized=!1;isVisible=!0;cssWidth;cssHeight;devicePixelRatio;devicePixelWidth;devicePixelHeight;drawingBufferWidth;drawingBufferHeight;_initializedResolvers=Q_();_canvasObserver;_position=[0,0];destroyed=!1;_needsDrawingBufferResize=!0;_configuredDrawingBufferSize=[0,0];toString(){return`${this[Symbol.toStringTag]}(${this.id})`}constructor(e){this.props={...t.defaultProps,...e},e=this.props,this.initialized=this._initializedResolvers.promise,Be()?e.canvas?typeof e.canvas=="string"?this.canvas=eP(e.canvas):this.canvas=e.canvas:this.canvas=tP(e):this.canvas={width:e.width||1,height:e.height||1},t.isHTMLCanvas(this.canvas)?(this.id=e.id||this.canvas.id,this.type="html-canvas",this.htmlCanvas=this.canvas):t.isOffscreenCanvas(this.canvas)?(this.id=e.id||"offscreen-canvas",this.type="offscreen-canvas",this.offscreenCanvas=this.canvas):(this.id=e.id||"node-canvas-context",this.type="node"),this.cssWidth=this.htmlCanvas?.clientWidth||this.canvas.width,this.cssHeight=this.htmlCanvas?.clientHeight||this.canvas.height,this.devicePixelWidth=this.canvas.width,this.devicePixelHeight=this.canvas.height,this.drawingBufferWidth=this.canvas.width,this.drawingBufferHeight=this.canvas.height,this._configuredDrawingBufferSize=[this.canvas.width,this.canvas.height],this.devicePixelRatio=globalThis.devicePixelRatio||1,this._position=[0,0],this._canvasObserver=new Ga({canvas:this.htmlCanvas,trackPosition:this.props.trackPosition,resizeObserverBox:this.props.pixelSizeSource==="css-dpr"?"content-box":"device-pixel-content-box",onResize:r=>this._handleResize(r),onIntersection:r=>this._handleIntersection(r),onDevicePixelRatioChange:()=>this._observeDevicePixelRatio(),onPositionChange:()=>this.updatePosition()})}destroy(){this.destroyed||(this.destroyed=!0,this._stopObservers(),this.device=null)}setProps(e){return"useDevicePixels"in e&&(this.props.useDevicePixels=e.useDevicePixels||!1,this._updateDrawingBufferSize()),this}getCurrentFramebuffer(e){return this._resizeDrawingBufferIfNeeded(),this._getCurrentFramebuffer(e)}getCSSSize(){return[this.cssWidth,this.cssHeight]}getPosition(){return this._position}getDevicePixelSize(){return[this.devicePixelWidth,this.devicePixelHeight]}getDrawingBufferSize(){return[this.drawingBufferWidth,this.drawingBufferHeight]}getMaxDrawingBufferSize(){let e=this.device.limits.maxTextureDimension2D;return[e,e]}setDrawingBufferSize(e,r){e=Math.floor(e),r=Math.floor(r),!(this.drawingBufferWidth===e&&this.drawingBufferHeight===r)&&(this.drawingBufferWidth=e,this.drawingBufferHeight=r,this._needsDrawingBufferResize=!0)}getDevicePixelRatio(){return typeof window<"u"&&window.devicePixelRatio||1}cssToDevicePixels(e,r=!0){let n=this.cssToDeviceRatio(),[i,o]=this.getDrawingBufferSize();return rP(e,n,i,o,r)}getPixelSize(){return this.getDevicePixelSize()}getAspect(){let[e,r]=this.getDrawingBufferSize();return e>0&&r>0?e/r:1}cssToDeviceRatio(){try{let[e]=this.getDrawingBufferSize(),[r]=this.getCSSSize();return r?e/r:1}catch{return 1}}resize(e){this.setDrawingBufferSize(e.width,e.height)}_setAutoCreatedCanvasId(e){this.htmlCanvas?.id==="lumagl-auto-created-canvas"&&(this.htmlCanvas.id=e)}_startObservers(){this.destroyed||this._canvasObserver.start()}_stopObservers(){this._canvasObserver.stop()}_handleIntersection(e){if(this.destroyed)return;let r=e.find(i=>i.target===this.canvas);if(!r)return;let n=r.isIntersecting;this.isVisible!==n&&(this.isVisible=n,this.device.props.onVisibilityChange(this))}_handleResize(e){if(this.destroyed)return;let r=e.find(o=>o.target===this.canvas);if(!r)return;let n=tr(r.contentBoxSize?.[0]);this.cssWidth=n.inlineSize,this.cssHeight=n.blockSize;let i=this.getDevicePixelSize();this._setDevicePixelSize(this._getDevicePixelSizeFromResizeEntry(r)),this._updateDrawingBufferSize(),this.device.props.onResize(this,{oldPixelSize:i})}_updateDrawingBufferSize(){if(this.props.autoResize)if(typeof this.props.useDevicePixels=="number"){let e=this.props.useDevicePixels;this.setDrawingBufferSize(this.cssWidth*e,this.cssHeight*e)}else this.props.useDevicePixels?this.setDrawingBufferSize(this.devicePixelWidth,this.devicePixelHeight):this.setDrawingBufferSize(this.cssWidth,this.cssHeight);this._initializedResolvers.resolve(),this.isInitialized=!0,this.updatePosition()}_getDevicePixelSizeFromResizeEntry(e){let r=tr(e.contentBoxSize?.[0]);return this.props.pixelSizeSource==="css-dpr"?this._getDevicePixelSizeFromCSSSize(r.inlineSize,r.blockSize):{devicePixelWidth:e.devicePixelContentBoxSize?.[0]?.inlineSize||r.inlineSize*devicePixelRatio,devicePixelHeight:e.devicePixelContentBoxSize?.[0]?.blockSize||r.blockSize*devicePixelRatio}}_getDevicePixelSizeFromCSSSize(e,r){let n=this.getDevicePixelRatio();return{devicePixelWidth:Math.floor(e*n),devicePixelHeight:Math.floor(r*n)}}_setDevicePixelSize({devicePixelWidth:e,devicePixelHeight:r}){let[n,i]=this.getMaxDrawingBufferSize();this.devicePixelWidth=Math.max(1,Math.min(e,n)),this.devicePixelHeight=Math.max(1,Math.min(r,i))}_resizeDrawingBufferIfNeeded(){if(this._needsDrawingBufferResize){this._needsDrawingBufferResize=!1,(this.drawingBufferWidth!==this.canvas.width||this.drawingBufferHeight!==this.canvas.height)&&(this.canvas.width=this.drawingBufferWidth,this.canvas.height=this.drawingBufferHeight);let[r,n]=this._configuredDrawingBufferSize;(this.drawingBufferWidth!==r||this.drawingBufferHeight!==n)&&(this._configureDevice(),this._configuredDrawingBufferSize=[this.drawingBufferWidth,this.drawingBufferHeight])}}_observeDevicePixelRatio(){if(this.destroyed||!this._canvasObserver.started)return;let e=this.devicePixelRatio;if(this.devicePixelRatio=window.devicePixelRatio,this.props.pixelSizeSource==="css-dpr"){let r=this.getDevicePixelSize();this._setDevicePixelSize(this._getDevicePixelSizeFromCSSSize(this.cssWidth,this.cssHeight)),this._updateDrawingBufferSize(),this.device.props.onResize(this,{oldPixelSize:r})}this.updatePosition(),this.device.props.onDevicePixelRatioChange?.(this,{oldRatio:e})}updatePosition(){if(this.destroyed)return;let e=this.htmlCanvas?.getBoundingClientRect();if(e){let r=[e.left,e.top];if(this._position??=r,r[0]!==this._position[0]||r[1]!==this._position[1]){let i=this._position;this._position=r,this.device.props.onPositionChange?.(this,{oldPosition:i})}}}}});var ro,ry=_(()=>{Qf();ro=class extends rr{static defaultProps=rr.defaultProps}});var no,ny=_(()=>{Qf();no=class extends rr{}});var Ir,Jf=_(()=>{oe();Ir=class t extends B{static defaultProps={...B.defaultProps,type:"color-sampler",addressModeU:"clamp-to-edge",addressModeV:"clamp-to-edge",addressModeW:"clamp-to-edge",magFilter:"nearest",minFilter:"nearest",mipmapFilter:"none",lodMinClamp:0,lodMaxClamp:32,compare:"less-equal",maxAnisotropy:1};get[Symbol.toStringTag](){return"Sampler"}constructor(e,r){r=t.normalizeProps(e,r),super(e,r,t.defaultProps)}static normalizeProps(e,r){return r}}});var nP,G,ed=_(()=>{oe();Jf();Ee();Ua();nP={"1d":"1d","2d":"2d","2d-array":"2d",cube:"2d","cube-array":"2d","3d":"3d"},G=class t extends B{static SAMPLE=4;static STORAGE=8;static RENDER=16;static COPY_SRC=1;static COPY_DST=2;static TEXTURE=4;static RENDER_ATTACHMENT=16;dimension;baseDimension;format;width;height;depth;mipLevels;samples;byteAlignment;ready=Promise.resolve(this);isReady=!0;updateTimestamp;get[Symbol.toStringTag](){return"Texture"}toString(){return`Texture(${this.id},${this.format},${this.width}x${this.height})`}constructor(e,r,n){if(r=t.normalizeProps(e,r),super(e,r,t.defaultProps),this.dimension=this.props.dimension,this.baseDimension=nP[this.dimension],this.format=this.props.format,this.width=this.props.width,this.height=this.props.height,this.depth=this.props.depth,this.mipLevels=this.props.mipLevels,this.samples=this.props.samples||1,this.dimension==="cube"&&(this.depth=6),this.props.width===void 0||this.props.height===void 0)if(e.isExternalImage(r.data)){let i=e.getExternalImageSize(r.data);this.width=i?.width||1,this.height=i?.height||1}else this.width=1,this.height=1,(this.props.width===void 0||this.props.height===void 0)&&S.warn(`${this} created with undefined width or height. This is deprecated. Use DynamicTexture instead.`)();this.byteAlignment=n?.byteAlignment||1,this.updateTimestamp=e.incrementTimestamp()}clone(e){return this.device.createTexture({...this.props,...e})}setSampler(e){this.sampler=e instanceof Ir?e:this.device.createSampler(e)}copyImageData(e){let{data:r,depth:n,...i}=e;this.writeData(r,{...i,depthOrArrayLayers:i.depthOrArrayLayers??n})}computeMemoryLayout(e={}){let r=this._normalizeTextureReadOptions(e),{width:n=this.width,height:i=this.height,depthOrArrayLayers:o=this.depth}=r,{format:s,byteAlignment:a}=this;return Se.computeMemoryLayout({format:s,width:n,height:i,depth:o,byteAlignment:a})}readBuffer(e,r){throw new Error("readBuffer not implemented")}readDataAsync(e){throw new Error("readBuffer not implemented")}writeBuffer(e,r){throw new Error("readBuffer not implemented")}writeData(e,r){throw new Error("readBuffer not implemented")}readDataSyncWebGL(e){throw new Error("readDataSyncWebGL not available")}generateMipmapsWebGL(){throw new Error("generateMipmapsWebGL not available")}static normalizeProps(e,r){let n={...r},{width:i,height:o}=n;return typeof i=="number"&&(n.width=Math.max(1,Math.ceil(i))),typeof o=="number"&&(n.height=Math.max(1,Math.ceil(o))),n}_initializeData(e){this.device.isExternalImage(e)?this.copyExternalImage({image:e,width:this.width,height:this.height,depth:this.depth,mipLevel:0,x:0,y:0,z:0,aspect:"all",colorSpace:"srgb",premultipliedAlpha:!1,flipY:!1}):e&&this.copyImageData({data:e,mipLevel:0,x:0,y:0,z:0,aspect:"all"})}_normalizeCopyImageDataOptions(e){let{data:r,depth:n,...i}=e,o=this._normalizeTextureWriteOptions({...i,depthOrArrayLayers:i.depthOrArrayLayers??n});return{data:r,depth:o.depthOrArrayLayers,...o}}_normalizeCopyExternalImageOptions(e){let r=t._omitUndefined(e),n=r.mipLevel??0,i=this._getMipLevelSize(n),o=this.device.getExternalImageSize(e.image),s={...t.defaultCopyExternalImageOptions,...i,...o,...r};return s.width=Math.min(s.width,i.width-s.x),s.height=Math.min(s.height,i.height-s.y),s.depth=Math.min(s.depth,i.depthOrArrayLayers-s.z),s}_normalizeCopyElementImageOptions(e){let r=t._omitUndefined(e),n=r.mipLevel??0,i=this._getMipLevelSize(n),o={...t.defaultCopyElementImageOptions,...i,...r};return o.width=Math.min(o.width,i.width-o.x),o.height=Math.min(o.height,i.height-o.y),o.depth=Math.min(o.depth,i.depthOrArrayLayers-o.z),o}_normalizeTextureReadOptions(e){let r=t._omitUndefined(e),n=r.mipLevel??0,i=this._getMipLevelSize(n),o={...t.defaultTextureReadOptions,...i,...r};return o.width=Math.min(o.width,i.width-o.x),o.height=Math.min(o.height,i.height-o.y),o.depthOrArrayLayers=Math.min(o.depthOrArrayLayers,i.depthOrArrayLayers-o.z),o}_getSupportedColorReadOptions(e){let r=this._normalizeTextureReadOptions(e),n=Se.getInfo(this.format);switch(this._validateColorReadAspect(r),this._validateColorReadFormat(n),this.dimension){case"2d":case"cube":case"cube-array":case"2d-array":case"3d":return r;default:throw new Error(`${this} color readback does not support ${this.dimension} textures`)}}_validateColorReadAspect(e){if(e.aspect!=="all")throw new Error(`${this} color readback only supports aspect 'all'`)}_validateColorReadFormat(e){if(e.compressed)throw new Error(`${this} color readback does not support compressed formats (${this.format})`);switch(e.attachment){case"color":return;case"depth":throw new Error(`${this} color readback does not support depth formats (${this.format})`);case"stencil":throw new Error(`${this} color readback does not support stencil formats (${this.format})`);case"depth-stencil":throw new Error(`${this} color readback does not support depth-stencil formats (${this.format})`);default:throw new Error(`${this} color readback does not support format ${this.format}`)}}_normalizeTextureWriteOptions(e){let r=t._omitUndefined(e),n=r.mipLevel??0,i=this._getMipLevelSize(n),o={...t.defaultTextureWriteOptions,...i,...r};o.width=Math.min(o.width,i.width-o.x),o.height=Math.min(o.height,i.height-o.y),o.depthOrArrayLayers=Math.min(o.depthOrArrayLayers,i.depthOrArrayLayers-o.z);let s=Se.computeMemoryLayout({format:this.format,width:o.width,height:o.height,depth:o.depthOrArrayLayers,byteAlignment:this.byteAlignment}),a=s.bytesPerPixel*o.width;if(o.bytesPerRow=r.bytesPerRow??s.bytesPerRow,o.rowsPerImage=r.rowsPerImage??o.height,o.bytesPerRow<a)throw new Error(`bytesPerRow (${o.bytesPerRow}) must be at least ${a} for ${this.format}`);if(o.rowsPerImage<o.height)throw new Error(`rowsPerImage (${o.rowsPerImage}) must be at least ${o.height} for ${this.format}`);let c=this.device.getTextureFormatInfo(this.format).bytesPerPixel;if(c&&o.bytesPerRow%c!==0)throw new Error(`bytesPerRow (${o.bytesPerRow}) must be a multiple of bytesPerPixel (${c}) for ${this.format}`);return o}_getMipLevelSize(e){let r=Math.max(1,this.width>>e),n=this.baseDimension==="1d"?1:Math.max(1,this.height>>e),i=this.dimension==="3d"?Math.max(1,this.depth>>e):this.depth;return{width:r,height:n,depthOrArrayLayers:i}}getAllocatedByteLength(){let e=0;for(let r=0;r<this.mipLevels;r++){let{width:n,height:i,depthOrArrayLayers:o}=this._getMipLevelSize(r);e+=Se.computeMemoryLayout({format:this.format,width:n,height:i,depth:o,byteAlignment:1}).byteLength}return e*this.samples}static _omitUndefined(e){return Object.fromEntries(Object.entries(e).filter(([,r])=>r!==void 0))}static defaultProps={...B.defaultProps,data:null,dimension:"2d",format:"rgba8unorm",usage:t.SAMPLE|t.RENDER|t.COPY_DST,width:void 0,height:void 0,depth:1,mipLevels:1,samples:void 0,sampler:{},view:void 0};static defaultCopyDataOptions={data:void 0,byteOffset:0,bytesPerRow:void 0,rowsPerImage:void 0,width:void 0,height:void 0,depthOrArrayLayers:void 0,depth:1,mipLevel:0,x:0,y:0,z:0,aspect:"all"};static defaultCopyExternalImageOptions={image:void 0,sourceX:0,sourceY:0,width:void 0,height:void 0,depth:1,mipLevel:0,x:0,y:0,z:0,aspect:"all",colorSpace:"srgb",premultipliedAlpha:!1,flipY:!1};static defaultCopyElementImageOptions={element:void 0,width:void 0,height:void 0,sourceX:0,sourceY:0,sourceWidth:void 0,sourceHeight:void 0,depth:1,mipLevel:0,x:0,y:0,z:0,aspect:"all",colorSpace:"srgb",premultipliedAlpha:!1,flipY:!1};static defaultTextureReadOptions={x:0,y:0,z:0,width:void 0,height:void 0,depthOrArrayLayers:1,mipLevel:0,aspect:"all"};static defaultTextureWriteOptions={byteOffset:0,bytesPerRow:void 0,rowsPerImage:void 0,x:0,y:0,z:0,width:void 0,height:void 0,depthOrArrayLayers:1,mipLevel:0,aspect:"all"}}});var Rr,iy=_(()=>{oe();Rr=class t extends B{get[Symbol.toStringTag](){return"TextureView"}constructor(e,r){super(e,r,t.defaultProps)}static defaultProps={...B.defaultProps,format:void 0,dimension:void 0,aspect:"all",baseMipLevel:0,mipLevelCount:void 0,baseArrayLayer:0,arrayLayerCount:void 0}}});var io,oy=_(()=>{oe();io=class t extends B{width;height;updateTimestamp;get[Symbol.toStringTag](){return"ExternalTexture"}constructor(e,r){super(e,r,t.defaultProps);let n=this.props.source?e.getExternalImageSize(this.props.source):null;this.width=this.props.width||n?.width||0,this.height=this.props.height||n?.height||0,this.updateTimestamp=e.incrementTimestamp()}static defaultProps={...B.defaultProps,source:void 0,width:0,height:0,colorSpace:"srgb",sampler:{}}}});function sy(t,e,r){let n="",i=e.split(/\r?\n/),o=t.slice().sort((s,a)=>s.lineNum-a.lineNum);switch(r?.showSourceCode||"no"){case"all":let s=0;for(let a=1;a<=i.length;a++){let c=i[a-1],l=o[s];for(c&&l&&(n+=ay(c,a,r));o.length>s&&l.lineNum===a;){let u=o[s++];u&&(n+=td(u,i,u.lineNum,{...r,inlineSource:!1}))}}for(;o.length>s;){let a=o[s++];a&&(n+=td(a,[],0,{...r,inlineSource:!1}))}return n;case"issues":case"no":for(let a of t)n+=td(a,i,a.lineNum,{inlineSource:r?.showSourceCode!=="no"});return n}}function td(t,e,r,n){if(n?.inlineSource){let o=iP(e,r),s=t.linePos>0?`${" ".repeat(t.linePos+5)}^^^
`:"";return`
${o}${s}${t.type.toUpperCase()}: ${t.message}

`}let i=t.type==="error"?"red":"orange";return n?.html?`<div class='luma-compiler-log-${t.type}' style="color:${i};"><b> ${t.type.toUpperCase()}: ${t.message}</b></div>`:`${t.type.toUpperCase()}: ${t.message}`}function iP(t,e,r){let n="";for(let i=e-2;i<=e;i++){let o=t[i-1];o!==void 0&&(n+=ay(o,e,r))}return n}function ay(t,e,r){let n=r?.html?sP(t):t;return`${oP(String(e),4)}: ${n}${r?.html?"<br/>":`
`}`}function oP(t,e){let r="";for(let n=t.length;n<e;++n)r+=" ";return r+t}function sP(t){return t.replaceAll("&","&amp;").replaceAll("<","&lt;").replaceAll(">","&gt;").replaceAll('"',"&quot;").replaceAll("'","&#039;")}var cy=_(()=>{});function aP(t){return cP(t.source)||t.id||gt(`unnamed ${t.stage}-shader`)}function cP(t,e="unnamed"){return/#define[\s*]SHADER_NAME[\s*]([A-Za-z0-9_-]+)[\s*]/.exec(t)?.[1]??e}var Br,rd=_(()=>{oe();Ee();Ln();cy();Br=class t extends B{get[Symbol.toStringTag](){return"Shader"}stage;source;compilationStatus="pending";constructor(e,r){r={...r,debugShaders:r.debugShaders||e.props.debugShaders||"errors"},super(e,{id:aP(r),...r},t.defaultProps),this.stage=this.props.stage,this.source=this.props.source}getCompilationInfoSync(){return null}getTranslatedSource(){return null}async debugShader(){let e=this.props.debugShaders;switch(e){case"never":return;case"errors":if(this.compilationStatus==="success")return;break;case"warnings":case"always":break}try{let r=await this.getCompilationInfo();if(e==="warnings"&&r?.length===0)return;this._displayShaderLog(r,this.id)}catch(r){S.warn(`Shader ${this.id}: failed to fetch compilation info during debug logging`,r)()}}_displayShaderLog(e,r){if(typeof document>"u"||!document?.createElement)return;let n=r,i=`${this.stage} shader "${n}"`,o=sy(e,this.source,{showSourceCode:"all",html:!0}),s=this.getTranslatedSource(),a=document.createElement("div");a.innerHTML=`<h1>Compilation error in ${i}</h1>
<div style="display:flex;position:fixed;top:10px;right:20px;gap:2px;">
<button id="copy">Copy source</button><br/>
<button id="close">Close</button>
</div>
<code><pre>${o}</pre></code>`,s&&(a.innerHTML+=`<br /><h1>Translated Source</h1><br /><br /><code><pre>${s}</pre></code>`),a.style.top="0",a.style.left="0",a.style.background="white",a.style.position="fixed",a.style.zIndex="9999",a.style.maxWidth="100vw",a.style.maxHeight="100vh",a.style.overflowY="auto",document.body.appendChild(a),a.querySelector(".luma-compiler-log-error")?.scrollIntoView(),a.querySelector("button#close").onclick=()=>{a.remove()},a.querySelector("button#copy").onclick=()=>{navigator.clipboard.writeText(this.source)}}static defaultProps={...B.defaultProps,language:"auto",stage:void 0,source:"",sourceMap:null,entryPoint:"main",debugShaders:void 0}}});var Or,ly=_(()=>{oe();ed();Ee();Or=class t extends B{get[Symbol.toStringTag](){return"Framebuffer"}width;height;constructor(e,r={}){super(e,r,t.defaultProps),this.width=this.props.width,this.height=this.props.height}clone(e){let r=this.colorAttachments.map(i=>i.texture.clone(e)),n=this.depthStencilAttachment&&this.depthStencilAttachment.texture.clone(e);return this.device.createFramebuffer({...this.props,...e,colorAttachments:r,depthStencilAttachment:n})}resize(e){let r=!e;if(e){let[n,i]=Array.isArray(e)?e:[e.width,e.height];r=r||i!==this.height||n!==this.width,this.width=n,this.height=i}r&&(S.log(2,`Resizing framebuffer ${this.id} to ${this.width}x${this.height}`)(),this.resizeAttachments(this.width,this.height))}autoCreateAttachmentTextures(){if(this.props.colorAttachments.length===0&&!this.props.depthStencilAttachment)throw new Error("Framebuffer has noattachments");this.colorAttachments=this.props.colorAttachments.map((r,n)=>{if(typeof r=="string"){let i=this.createColorTexture(r,n);return this.attachResource(i),i.view}return r instanceof G?r.view:r});let e=this.props.depthStencilAttachment;if(e)if(typeof e=="string"){let r=this.createDepthStencilTexture(e);this.attachResource(r),this.depthStencilAttachment=r.view}else e instanceof G?this.depthStencilAttachment=e.view:this.depthStencilAttachment=e}createColorTexture(e,r){return this.device.createTexture({id:`${this.id}-color-attachment-${r}`,usage:G.RENDER_ATTACHMENT,format:e,width:this.width,height:this.height,sampler:{magFilter:"linear",minFilter:"linear"}})}createDepthStencilTexture(e){return this.device.createTexture({id:`${this.id}-depth-stencil-attachment`,usage:G.RENDER_ATTACHMENT|G.SAMPLE,format:e,width:this.width,height:this.height})}resizeAttachments(e,r){if(this.colorAttachments.forEach((n,i)=>{let o=n.texture.clone({width:e,height:r});this.destroyAttachedResource(n),this.colorAttachments[i]=o.view,this.attachResource(o.view)}),this.depthStencilAttachment){let n=this.depthStencilAttachment.texture.clone({width:e,height:r});this.destroyAttachedResource(this.depthStencilAttachment),this.depthStencilAttachment=n.view,this.attachResource(n)}this.updateAttachments()}static defaultProps={...B.defaultProps,width:1,height:1,colorAttachments:[],depthStencilAttachment:null}}});var We,nd=_(()=>{oe();We=class t extends B{get[Symbol.toStringTag](){return"RenderPipeline"}shaderLayout;bufferLayout;linkStatus="pending";hash="";sharedRenderPipeline=null;get isPending(){return this.linkStatus==="pending"||this.vs.compilationStatus==="pending"||this.fs?.compilationStatus==="pending"}get isErrored(){return this.linkStatus==="error"||this.vs.compilationStatus==="error"||this.fs?.compilationStatus==="error"}constructor(e,r){super(e,r,t.defaultProps),this.shaderLayout=this.props.shaderLayout,this.bufferLayout=this.props.bufferLayout||[],this.sharedRenderPipeline=this.props._sharedRenderPipeline||null}static defaultProps={...B.defaultProps,vs:null,vertexEntryPoint:"vertexMain",vsConstants:{},fs:null,fragmentEntryPoint:"fragmentMain",fsConstants:{},shaderLayout:null,bufferLayout:[],topology:"triangle-list",colorAttachmentFormats:void 0,depthStencilAttachmentFormat:void 0,parameters:{},varyings:void 0,bufferMode:void 0,disableWarnings:!1,_sharedRenderPipeline:void 0,_uniformBlockLayouts:[],bindings:void 0,bindGroups:void 0}}});var oo,uy=_(()=>{oe();oo=class extends B{get[Symbol.toStringTag](){return"SharedRenderPipeline"}constructor(e,r){super(e,r,{...B.defaultProps,handle:void 0,vs:void 0,fs:void 0,varyings:void 0,bufferMode:void 0})}}});var nr,id=_(()=>{oe();nr=class t extends B{get[Symbol.toStringTag](){return"ComputePipeline"}hash="";shaderLayout;constructor(e,r){super(e,r,t.defaultProps),this.shaderLayout=r.shaderLayout}static defaultProps={...B.defaultProps,shader:void 0,entryPoint:void 0,constants:{},shaderLayout:void 0}}});var kr,fy=_(()=>{id();nd();Ee();Ln();kr=class t{static defaultProps={...We.defaultProps};static getDefaultPipelineFactory(e){let r=e.getModuleData("@luma.gl/core");return r.defaultPipelineFactory||=new t(e),r.defaultPipelineFactory}device;_hashCounter=0;_hashes={};_renderPipelineCache={};_computePipelineCache={};_sharedRenderPipelineCache={};get[Symbol.toStringTag](){return"PipelineFactory"}toString(){return`PipelineFactory(${this.device.id})`}constructor(e){this.device=e}createRenderPipeline(e){if(!this.device.props._cachePipelines)return this.device.createRenderPipeline(e);let r={...We.defaultProps,...e},n=this._renderPipelineCache,i=this._hashRenderPipeline(r),o=n[i]?.resource;if(o)n[i].useCount++,this.device.props.debugFactories&&S.log(3,`${this}: ${n[i].resource} reused, count=${n[i].useCount}, (id=${e.id})`)();else{let s=this.device.type==="webgl"&&this.device.props._sharePipelines?this.createSharedRenderPipeline(r):void 0;o=this.device.createRenderPipeline({...r,id:r.id?`${r.id}-cached`:gt("unnamed-cached"),_sharedRenderPipeline:s}),o.hash=i,n[i]={resource:o,useCount:1},this.device.props.debugFactories&&S.log(3,`${this}: ${o} created, count=${n[i].useCount}`)()}return o}createComputePipeline(e){if(!this.device.props._cachePipelines)return this.device.createComputePipeline(e);let r={...nr.defaultProps,...e},n=this._computePipelineCache,i=this._hashComputePipeline(r),o=n[i]?.resource;return o?(n[i].useCount++,this.device.props.debugFactories&&S.log(3,`${this}: ${n[i].resource} reused, count=${n[i].useCount}, (id=${e.id})`)()):(o=this.device.createComputePipeline({...r,id:r.id?`${r.id}-cached`:void 0}),o.hash=i,n[i]={resource:o,useCount:1},this.device.props.debugFactories&&S.log(3,`${this}: ${o} created, count=${n[i].useCount}`)()),o}release(e){if(!this.device.props._cachePipelines){e.destroy();return}let r=this._getCache(e),n=e.hash;r[n].useCount--,r[n].useCount===0?(this._destroyPipeline(e),this.device.props.debugFactories&&S.log(3,`${this}: ${e} released and destroyed`)()):r[n].useCount<0?(S.error(`${this}: ${e} released, useCount < 0, resetting`)(),r[n].useCount=0):this.device.props.debugFactories&&S.log(3,`${this}: ${e} released, count=${r[n].useCount}`)()}createSharedRenderPipeline(e){let r=this._hashSharedRenderPipeline(e),n=this._sharedRenderPipelineCache[r];return n||(n={resource:this.device._createSharedRenderPipelineWebGL(e),useCount:0},this._sharedRenderPipelineCache[r]=n),n.useCount++,n.resource}releaseSharedRenderPipeline(e){if(!e.sharedRenderPipeline)return;let r=this._hashSharedRenderPipeline(e.sharedRenderPipeline.props),n=this._sharedRenderPipelineCache[r];n&&(n.useCount--,n.useCount===0&&(n.resource.destroy(),delete this._sharedRenderPipelineCache[r]))}_destroyPipeline(e){let r=this._getCache(e);return this.device.props._destroyPipelines?(delete r[e.hash],e.destroy(),e instanceof We&&this.releaseSharedRenderPipeline(e),!0):!1}_getCache(e){let r;if(e instanceof nr&&(r=this._computePipelineCache),e instanceof We&&(r=this._renderPipelineCache),!r)throw new Error(`${this}`);if(!r[e.hash])throw new Error(`${this}: ${e} matched incorrect entry`);return r}_hashComputePipeline(e){let{type:r}=this.device,n=this._getHash(e.shader.source),i=this._getHash(JSON.stringify(e.shaderLayout));return`${r}/C/${n}SL${i}`}_hashRenderPipeline(e){let r=e.vs?this._getHash(e.vs.source):0,n=e.fs?this._getHash(e.fs.source):0,i=this._getWebGLVaryingHash(e),o=this._getHash(JSON.stringify(e.shaderLayout)),s=this._getHash(JSON.stringify(e._uniformBlockLayouts)),a=this._getHash(JSON.stringify(e.bufferLayout)),{type:c}=this.device;switch(c){case"webgl":let l=this._getHash(JSON.stringify(e.parameters));return`${c}/R/${r}/${n}V${i}T${e.topology}P${l}SL${o}UBL${s}BL${a}`;case"webgpu":default:let u=this._getHash(JSON.stringify({vertexEntryPoint:e.vertexEntryPoint,fragmentEntryPoint:e.fragmentEntryPoint})),f=this._getHash(JSON.stringify(e.parameters)),d=this._getWebGPUAttachmentHash(e);return`${c}/R/${r}/${n}V${i}T${e.topology}EP${u}P${f}SL${o}BL${a}A${d}`}}_hashSharedRenderPipeline(e){let r=e.vs?this._getHash(e.vs.source):0,n=e.fs?this._getHash(e.fs.source):0,i=this._getWebGLVaryingHash(e);return`webgl/S/${r}/${n}V${i}`}_getHash(e){return this._hashes[e]===void 0&&(this._hashes[e]=this._hashCounter++),this._hashes[e]}_getWebGLVaryingHash(e){let{varyings:r=[],bufferMode:n=null}=e;return this._getHash(JSON.stringify({varyings:r,bufferMode:n}))}_getWebGPUAttachmentHash(e){let r=e.colorAttachmentFormats??[this.device.preferredColorFormat],n=e.depthStencilAttachmentFormat??(e.parameters?.depthWriteEnabled?this.device.preferredDepthFormat:null);return this._getHash(JSON.stringify({colorAttachmentFormats:r,depthStencilAttachmentFormat:n}))}}});var Dr,dy=_(()=>{rd();Ee();Dr=class t{static defaultProps={...Br.defaultProps};static getDefaultShaderFactory(e){let r=e.getModuleData("@luma.gl/core");return r.defaultShaderFactory||=new t(e),r.defaultShaderFactory}device;_cache={};get[Symbol.toStringTag](){return"ShaderFactory"}toString(){return`${this[Symbol.toStringTag]}(${this.device.id})`}constructor(e){this.device=e}createShader(e){if(!this.device.props._cacheShaders)return this.device.createShader(e);let r=this._hashShader(e),n=this._cache[r];if(n)n.useCount++,this.device.props.debugFactories&&S.log(3,`${this}: Reusing shader ${n.resource.id} count=${n.useCount}`)();else{let i=this.device.createShader({...e,id:e.id?`${e.id}-cached`:void 0});this._cache[r]=n={resource:i,useCount:1},this.device.props.debugFactories&&S.log(3,`${this}: Created new shader ${i.id}`)()}return n.resource}release(e){if(!this.device.props._cacheShaders){e.destroy();return}let r=this._hashShader(e),n=this._cache[r];if(n)if(n.useCount--,n.useCount===0)this.device.props._destroyShaders&&(delete this._cache[r],n.resource.destroy(),this.device.props.debugFactories&&S.log(3,`${this}: Releasing shader ${e.id}, destroyed`)());else{if(n.useCount<0)throw new Error(`ShaderFactory: Shader ${e.id} released too many times`);this.device.props.debugFactories&&S.log(3,`${this}: Releasing shader ${e.id} count=${n.useCount}`)()}}_hashShader(e){return`${e.stage}:${e.source}`}}});function $a(t,e,r){let n=t.bindings.find(i=>i.name===e||`${i.name.toLocaleLowerCase()}uniforms`===e.toLocaleLowerCase());return!n&&!r?.ignoreWarnings&&S.warn(`Binding ${e} not set: Not found in shader layout.`)(),n||null}function Nr(t,e){if(!e)return{};if(lP(e))return Object.fromEntries(Object.entries(e).map(([i,o])=>[Number(i),{...o}]));let r={};for(let[n,i]of Object.entries(e)){let s=$a(t,n)?.group??0;r[s]||={},r[s][n]=i}return r}function An(t){let e={};for(let r of Object.values(t))Object.assign(e,r);return e}function lP(t){let e=Object.keys(t);return e.length>0&&e.every(r=>/^\d+$/.test(r))}var hy=_(()=>{Ee()});var so,py=_(()=>{oe();so=class t extends B{static defaultClearColor=[0,0,0,1];static defaultClearDepth=1;static defaultClearStencil=0;get[Symbol.toStringTag](){return"RenderPass"}constructor(e,r,n=t.defaultProps){r=t.normalizeProps(e,r),super(e,r,n)}static normalizeProps(e,r){return r}static defaultProps={...B.defaultProps,framebuffer:null,resolveTargets:void 0,parameters:void 0,clearColor:t.defaultClearColor,clearColors:void 0,clearDepth:t.defaultClearDepth,clearStencil:t.defaultClearStencil,depthReadOnly:!1,stencilReadOnly:!1,discard:!1,occlusionQuerySet:void 0,timestampQuerySet:void 0,beginTimestampIndex:void 0,endTimestampIndex:void 0}}});var ao,my=_(()=>{oe();ao=class t extends B{get[Symbol.toStringTag](){return"CommandEncoder"}_timeProfilingQuerySet=null;_timeProfilingSlotCount=0;_gpuTimeMs;constructor(e,r){super(e,r,t.defaultProps),this._timeProfilingQuerySet=r.timeProfilingQuerySet??null,this._timeProfilingSlotCount=0,this._gpuTimeMs=void 0}async resolveTimeProfilingQuerySet(){if(this._gpuTimeMs=void 0,!this._timeProfilingQuerySet)return;let e=Math.floor(this._timeProfilingSlotCount/2);if(e<=0)return;let r=e*2,n=await this._timeProfilingQuerySet.readResults({firstQuery:0,queryCount:r}),i=0n;for(let o=0;o<r;o+=2)i+=n[o+1]-n[o];this._gpuTimeMs=Number(i)/1e6}getTimeProfilingSlotCount(){return this._timeProfilingSlotCount}getTimeProfilingQuerySet(){return this._timeProfilingQuerySet}_applyTimeProfilingToPassProps(e){let r=e||{};if(!this._supportsTimestampQueries()||!this._timeProfilingQuerySet||r.timestampQuerySet!==void 0||r.beginTimestampIndex!==void 0||r.endTimestampIndex!==void 0)return r;let n=this._timeProfilingSlotCount;return n+1>=this._timeProfilingQuerySet.props.count?r:(this._timeProfilingSlotCount+=2,{...r,timestampQuerySet:this._timeProfilingQuerySet,beginTimestampIndex:n,endTimestampIndex:n+1})}_supportsTimestampQueries(){return this.device.features.has("timestamp-query")}static defaultProps={...B.defaultProps,measureExecutionTime:void 0,timeProfilingQuerySet:void 0}}});var co,gy=_(()=>{oe();co=class t extends B{get[Symbol.toStringTag](){return"CommandBuffer"}constructor(e,r){super(e,r,t.defaultProps)}static defaultProps={...B.defaultProps}}});var lo,_y=_(()=>{oe();lo=class t extends B{static defaultProps={...B.defaultProps,shaderLayout:void 0,bufferLayout:[]};get[Symbol.toStringTag](){return"VertexArray"}maxVertexAttributes;indexBuffer=null;attributes;constructor(e,r){super(e,r,t.defaultProps),this.maxVertexAttributes=e.limits.maxVertexAttributes,this.attributes=new Array(this.maxVertexAttributes).fill(null)}getBufferSlot(e){return null}getDrawValidationError(){return null}setConstantWebGL(e,r){this.device.reportError(new Error("constant attributes not supported"),this)()}}});var uo,yy=_(()=>{oe();uo=class t extends B{static defaultProps={...B.defaultProps,layout:void 0,buffers:{}};get[Symbol.toStringTag](){return"TransformFeedback"}constructor(e,r){super(e,r,t.defaultProps)}}});var fo,by=_(()=>{oe();fo=class t extends B{get[Symbol.toStringTag](){return"QuerySet"}constructor(e,r){super(e,r,t.defaultProps)}static defaultProps={...B.defaultProps,type:void 0,count:void 0}}});var ho,xy=_(()=>{oe();ho=class t extends B{static defaultProps={...B.defaultProps};get[Symbol.toStringTag](){return"Fence"}constructor(e,r={}){super(e,r,t.defaultProps)}}});function Cn(t){let e=za(t),r=hP[e];if(!r)throw new Error(`Unsupported variable shader type: ${t}`);return r}function wy(t){let e=vy(t),r=dP[e];if(!r)throw new Error(`Unsupported attribute shader type: ${t}`);let[n,i]=r,o=n==="i32"||n==="u32",s=n!=="u32",a=fP[n]*i;return{primitiveType:n,components:i,byteLength:a,integer:o,signed:s}}function uP(t,e){return e===1?t:`vec${e}<${t}>`}function vy(t){return pP[t]||t}function za(t){return mP[t]||t}var od,Ne,fP,dP,hP,pP,mP,po=_(()=>{od=class{getVariableShaderTypeInfo(e){return Cn(e)}getAttributeShaderTypeInfo(e){return wy(e)}makeShaderAttributeType(e,r){return uP(e,r)}resolveAttributeShaderTypeAlias(e){return vy(e)}resolveVariableShaderTypeAlias(e){return za(e)}};Ne=new od,fP={f32:4,f16:2,i32:4,u32:4},dP={f32:["f32",1],"vec2<f32>":["f32",2],"vec3<f32>":["f32",3],"vec4<f32>":["f32",4],f16:["f16",1],"vec2<f16>":["f16",2],"vec3<f16>":["f16",3],"vec4<f16>":["f16",4],i32:["i32",1],"vec2<i32>":["i32",2],"vec3<i32>":["i32",3],"vec4<i32>":["i32",4],u32:["u32",1],"vec2<u32>":["u32",2],"vec3<u32>":["u32",3],"vec4<u32>":["u32",4]},hP={f32:{type:"f32",components:1},f16:{type:"f16",components:1},i32:{type:"i32",components:1},u32:{type:"u32",components:1},"vec2<f32>":{type:"f32",components:2},"vec3<f32>":{type:"f32",components:3},"vec4<f32>":{type:"f32",components:4},"vec2<f16>":{type:"f16",components:2},"vec3<f16>":{type:"f16",components:3},"vec4<f16>":{type:"f16",components:4},"vec2<i32>":{type:"i32",components:2},"vec3<i32>":{type:"i32",components:3},"vec4<i32>":{type:"i32",components:4},"vec2<u32>":{type:"u32",components:2},"vec3<u32>":{type:"u32",components:3},"vec4<u32>":{type:"u32",components:4},"mat2x2<f32>":{type:"f32",components:4},"mat2x3<f32>":{type:"f32",components:6},"mat2x4<f32>":{type:"f32",components:8},"mat3x2<f32>":{type:"f32",components:6},"mat3x3<f32>":{type:"f32",components:9},"mat3x4<f32>":{type:"f32",components:12},"mat4x2<f32>":{type:"f32",components:8},"mat4x3<f32>":{type:"f32",components:12},"mat4x4<f32>":{type:"f32",components:16},"mat2x2<f16>":{type:"f16",components:4},"mat2x3<f16>":{type:"f16",components:6},"mat2x4<f16>":{type:"f16",components:8},"mat3x2<f16>":{type:"f16",components:6},"mat3x3<f16>":{type:"f16",components:9},"mat3x4<f16>":{type:"f16",components:12},"mat4x2<f16>":{type:"f16",components:8},"mat4x3<f16>":{type:"f16",components:12},"mat4x4<f16>":{type:"f16",components:16},"mat2x2<i32>":{type:"i32",components:4},"mat2x3<i32>":{type:"i32",components:6},"mat2x4<i32>":{type:"i32",components:8},"mat3x2<i32>":{type:"i32",components:6},"mat3x3<i32>":{type:"i32",components:9},"mat3x4<i32>":{type:"i32",components:12},"mat4x2<i32>":{type:"i32",components:8},"mat4x3<i32>":{type:"i32",components:12},"mat4x4<i32>":{type:"i32",components:16},"mat2x2<u32>":{type:"u32",components:4},"mat2x3<u32>":{type:"u32",components:6},"mat2x4<u32>":{type:"u32",components:8},"mat3x2<u32>":{type:"u32",components:6},"mat3x3<u32>":{type:"u32",components:9},"mat3x4<u32>":{type:"u32",components:12},"mat4x2<u32>":{type:"u32",components:8},"mat4x3<u32>":{type:"u32",components:12},"mat4x4<u32>":{type:"u32",components:16}},pP={vec2i:"vec2<i32>",vec3i:"vec3<i32>",vec4i:"vec4<i32>",vec2u:"vec2<u32>",vec3u:"vec3<u32>",vec4u:"vec4<u32>",vec2f:"vec2<f32>",vec3f:"vec3<f32>",vec4f:"vec4<f32>",vec2h:"vec2<f16>",vec3h:"vec3<f16>",vec4h:"vec4<f16>"},mP={vec2i:"vec2<i32>",vec3i:"vec3<i32>",vec4i:"vec4<i32>",vec2u:"vec2<u32>",vec3u:"vec3<u32>",vec4u:"vec4<u32>",vec2f:"vec2<f32>",vec3f:"vec3<f32>",vec4f:"vec4<f32>",vec2h:"vec2<f16>",vec3h:"vec3<f16>",vec4h:"vec4<f16>",mat2x2f:"mat2x2<f32>",mat2x3f:"mat2x3<f32>",mat2x4f:"mat2x4<f32>",mat3x2f:"mat3x2<f32>",mat3x3f:"mat3x3<f32>",mat3x4f:"mat3x4<f32>",mat4x2f:"mat4x2<f32>",mat4x3f:"mat4x3<f32>",mat4x4f:"mat4x4<f32>",mat2x2i:"mat2x2<i32>",mat2x3i:"mat2x3<i32>",mat2x4i:"mat2x4<i32>",mat3x2i:"mat3x2<i32>",mat3x3i:"mat3x3<i32>",mat3x4i:"mat3x4<i32>",mat4x2i:"mat4x2<i32>",mat4x3i:"mat4x3<i32>",mat4x4i:"mat4x4<i32>",mat2x2u:"mat2x2<u32>",mat2x3u:"mat2x3<u32>",mat2x4u:"mat2x4<u32>",mat3x2u:"mat3x2<u32>",mat3x3u:"mat3x3<u32>",mat3x4u:"mat3x4<u32>",mat4x2u:"mat4x2<u32>",mat4x3u:"mat4x3<u32>",mat4x4u:"mat4x4<u32>",mat2x2h:"mat2x2<f16>",mat2x3h:"mat2x3<f16>",mat2x4h:"mat2x4<f16>",mat3x2h:"mat3x2<f16>",mat3x3h:"mat3x3<f16>",mat3x4h:"mat3x4<f16>",mat4x2h:"mat4x2<f16>",mat4x3h:"mat4x3<f16>",mat4x4h:"mat4x4<f16>"}});function Fr(t,e={}){let r={...t},n=e.layout??"std140",i={},o=0;for(let[s,a]of Object.entries(r))o=sd(i,s,a,o,n);return o=Ve(o,ir(r,n)),{layout:n,byteLength:o*4,uniformTypes:r,fields:i}}function mo(t,e){let r=za(t),n=Cn(r),i=/^mat(\d)x(\d)<.+>$/.exec(r);if(i){let s=Number(i[1]),a=Number(i[2]),c=Ey(a,r,n.type,e),l=_P(c.size,c.alignment,e);return{alignment:c.alignment,size:s*l,components:s*a,columns:s,rows:a,columnStride:l,shaderType:r,type:n.type}}let o=/^vec(\d)<.+>$/.exec(r);return o?Ey(Number(o[1]),r,n.type,e):{alignment:1,size:1,components:1,columns:1,rows:1,columnStride:1,shaderType:r,type:n.type}}function ad(t){return!!t&&typeof t=="object"&&!Array.isArray(t)}function sd(t,e,r,n,i){if(typeof r=="string"){let o=mo(r,i),s=Ve(n,o.alignment);return t[e]={offset:s,...o},s+o.size}if(Array.isArray(r)){if(Array.isArray(r[0]))throw new Error(`Nested arrays are not supported for ${e}`);let o=r[0],s=r[1],a=Ty(o,i),c=Ve(n,ir(r,i));for(let l=0;l<s;l++)sd(t,`${e}[${l}]`,o,c+l*a,i);return c+a*s}if(ad(r)){let o=ir(r,i),s=Ve(n,o);for(let[a,c]of Object.entries(r))s=sd(t,`${e}.${a}`,c,s,i);return Ve(s,o)}throw new Error(`Unsupported CompositeShaderType for ${e}`)}function Sy(t,e){if(typeof t=="string")return mo(t,e).size;if(Array.isArray(t)){let n=t[0],i=t[1];if(Array.isArray(n))throw new Error("Nested arrays are not supported");return Ty(n,e)*i}let r=0;for(let n of Object.values(t)){let i=n;r=Ve(r,ir(i,e)),r+=Sy(i,e)}return Ve(r,ir(t,e))}function ir(t,e){if(typeof t=="string")return mo(t,e).alignment;if(Array.isArray(t)){let n=t[0],i=ir(n,e);return Py(e)?Math.max(i,4):i}let r=1;for(let n of Object.values(t)){let i=ir(n,e);r=Math.max(r,i)}return yP(e)?Math.max(r,4):r}function Ey(t,e,r,n){return{alignment:t===2?2:4,size:t===3?3:t,components:t,columns:1,rows:t,columnStride:t===3?3:t,shaderType:e,type:r}}function Ty(t,e){let r=Sy(t,e),n=ir(t,e);return gP(r,n,e)}function gP(t,e,r){return Ve(t,Py(r)?4:e)}function _P(t,e,r){return r==="std140"?4:Ve(t,e)}function Py(t){return t==="std140"||t==="wgsl-uniform"}function yP(t){return t==="std140"||t==="wgsl-uniform"}var Va=_(()=>{Ba();po()});function cd(t){return(!Wa||Wa.byteLength<t)&&(Wa=new ArrayBuffer(t)),Wa}function ld(t,e){let r=cd(t.BYTES_PER_ELEMENT*e);return new t(r,0,e)}var Wa,ud=_(()=>{});function bP(t){return ArrayBuffer.isView(t)&&!(t instanceof DataView)}function Mn(t){return Array.isArray(t)?t.length===0||typeof t[0]=="number":bP(t)}var fd=_(()=>{});function xP(t){return!!t&&typeof t=="object"&&!Array.isArray(t)&&!ArrayBuffer.isView(t)}function wP(t,e,r){return Array.prototype.slice.call(t,e,r)}var ja,Ly=_(()=>{ud();fd();Ee();Va();ja=class{layout;constructor(e){this.layout=e}has(e){return!!this.layout.fields[e]}get(e){let r=this.layout.fields[e];return r?{offset:r.offset,size:r.size}:void 0}getFlatUniformValues(e){let r={};for(let[n,i]of Object.entries(e)){let o=this.layout.uniformTypes[n];o?this._flattenCompositeValue(r,n,o,i):this.layout.fields[n]&&(r[n]=i)}return r}getData(e){let r=cd(this.layout.byteLength);new Uint8Array(r,0,this.layout.byteLength).fill(0);let n={i32:new Int32Array(r),u32:new Uint32Array(r),f32:new Float32Array(r),f16:new Uint16Array(r)},i=this.getFlatUniformValues(e);for(let[o,s]of Object.entries(i))this._writeLeafValue(n,o,s);return new Uint8Array(r,0,this.layout.byteLength)}_flattenCompositeValue(e,r,n,i){if(i!==void 0){if(typeof n=="string"||this.layout.fields[r]){e[r]=i;return}if(Array.isArray(n)){let o=n[0],s=n[1];if(Array.isArray(o))throw new Error(`Nested arrays are not supported for ${r}`);if(typeof o=="string"&&Mn(i)){this._flattenPackedArray(e,r,o,s,i);return}if(!Array.isArray(i)){S.warn(`Unsupported uniform array value for ${r}:`,i)();return}for(let a=0;a<Math.min(i.length,s);a++){let c=i[a];c!==void 0&&this._flattenCompositeValue(e,`${r}[${a}]`,o,c)}return}if(ad(n)&&xP(i)){for(let[o,s]of Object.entries(i)){if(s===void 0)continue;let a=`${r}.${o}`;this._flattenCompositeValue(e,a,n[o],s)}return}S.warn(`Unsupported uniform value for ${r}:`,i)()}}_flattenPackedArray(e,r,n,i,o){let s=o,c=mo(n,this.layout.layout).components;for(let l=0;l<i;l++){let u=l*c;if(u>=s.length)break;c===1?e[`${r}[${l}]`]=Number(s[u]):e[`${r}[${l}]`]=wP(o,u,u+c)}}_writeLeafValue(e,r,n){let i=this.layout.fields[r];if(!i){S.warn(`Uniform ${r} not found in layout`)();return}let{type:o,components:s,columns:a,rows:c,offset:l,columnStride:u}=i,f=e[o];if(s===1){f[l]=Number(n);return}let d=n;if(a===1){for(let p=0;p<s;p++)f[l+p]=Number(d[p]??0);return}let h=0;for(let p=0;p<a;p++){let g=l+p*u;for(let m=0;m<c;m++)f[g+m]=Number(d[h++]??0)}}}});function Ay(t,e,r=16){if(t===e)return!0;let n=t,i=e;if(!Mn(n)||!Mn(i)||n.length!==i.length)return!1;let o=Math.min(r,vP);if(n.length>o)return!1;for(let s=0;s<n.length;++s)if(i[s]!==n[s])return!1;return!0}function Cy(t){return Mn(t)?t.slice():t}var vP,My=_(()=>{fd();vP=128});var Ha,Iy=_(()=>{My();Ha=class{name;uniforms={};modifiedUniforms={};modified=!0;bindingLayout={};needsRedraw="initialized";constructor(e){if(this.name=e?.name||"unnamed",e?.name&&e?.shaderLayout){let r=e?.shaderLayout.bindings?.find(i=>i.type==="uniform"&&i.name===e?.name);if(!r)throw new Error(e?.name);let n=r;for(let i of n.uniforms||[])this.bindingLayout[i.name]=i}}setUniforms(e){for(let[r,n]of Object.entries(e))this._setUniform(r,n)&&!this.needsRedraw&&this.setNeedsRedraw(`${this.name}.${r}=${n}`)}setNeedsRedraw(e){this.needsRedraw=this.needsRedraw||e}getAllUniforms(){return this.modifiedUniforms={},this.needsRedraw=!1,this.uniforms||{}}_setUniform(e,r){return Ay(this.uniforms[e],r)?!1:(this.uniforms[e]=Cy(r),this.modifiedUniforms[e]=!0,this.modified=!0,!0)}}});function SP(t){return t.type==="webgpu"?"wgsl-uniform":"std140"}var EP,Ur,Ry=_(()=>{Ia();Ee();Va();Iy();Ly();EP=1024,Ur=class{device;uniformBlocks=new Map;shaderBlockLayouts=new Map;shaderBlockWriters=new Map;uniformBuffers=new Map;constructor(e,r){this.device=e;for(let[n,i]of Object.entries(r)){let o=n,s=Fr(i.uniformTypes??{},{layout:i.layout??SP(e)}),a=new ja(s);this.shaderBlockLayouts.set(o,s),this.shaderBlockWriters.set(o,a);let c=new Ha({name:n});c.setUniforms(a.getFlatUniformValues(i.defaultUniforms||{})),this.uniformBlocks.set(o,c)}}destroy(){for(let e of this.uniformBuffers.values())e.destroy()}setUniforms(e,r){for(let[n,i]of Object.entries(e)){let o=n,a=this.shaderBlockWriters.get(o)?.getFlatUniformValues(i||{});this.uniformBlocks.get(o)?.setUniforms(a||{})}this.updateUniformBuffers(r)}getUniformBufferByteLength(e){let r=this.shaderBlockLayouts.get(e)?.byteLength||0;return Math.max(r,EP)}getUniformBufferData(e){let r=this.uniformBlocks.get(e)?.getAllUniforms()||{};return this.shaderBlockWriters.get(e)?.getData(r)||new Uint8Array(0)}createUniformBuffer(e,r){r&&this.setUniforms(r);let n=this.getUniformBufferByteLength(e),i=this.device.createBuffer({usage:k.UNIFORM|k.COPY_DST,byteLength:n}),o=this.getUniformBufferData(e);return i.write(o),i}getManagedUniformBuffer(e){if(!this.uniformBuffers.get(e)){let r=this.getUniformBufferByteLength(e),n=this.device.createBuffer({usage:k.UNIFORM|k.COPY_DST,byteLength:r});this.uniformBuffers.set(e,n)}return this.uniformBuffers.get(e)}updateUniformBuffers(e){let r=!1;for(let n of this.uniformBlocks.keys()){let i=this.updateUniformBuffer(n,e);r||=i}return r&&S.log(3,`UniformStore.updateUniformBuffers(): ${r}`)(),r}updateUniformBuffer(e,r){let n=this.uniformBlocks.get(e),i=this.uniformBuffers.get(e),o=!1;if(i&&n?.needsRedraw){o||=n.needsRedraw;let s=this.getUniformBufferData(e);if(i=this.uniformBuffers.get(e),i&&(r?this.device.writeBufferViaCommandEncoder(r,i,s):i.write(s)),S.level>=4){let a=this.uniformBlocks.get(e)?.getAllUniforms();S.log(4,`Writing to uniform buffer ${String(e)}`,s,a)()}}return o}}});function In(t){return t.attributes?t.attributes.map(e=>e.attribute):[t.name]}function dd(t){return Object.fromEntries(t.attributes.map(e=>[e.name,e.location]))}function Ya(t){let e=1/0;for(let r of t)r!==void 0&&(e=Math.min(e,r));return e}function hd(t,e,r){TP(e);let n=new Map;for(let i of e){let o=PP(i);if(i.attributes)for(let s of i.attributes)n.has(s.attribute)||n.set(s.attribute,{bufferName:i.name,stepMode:i.stepMode,vertexFormat:s.format,byteOffset:s.byteOffset,byteStride:o});else i.format&&!n.has(i.name)&&n.set(i.name,{bufferName:i.name,stepMode:i.stepMode,vertexFormat:i.format,byteOffset:0,byteStride:o})}return t.attributes.map(i=>{let o=n.get(i.name);!o&&r?.warnOnMissingBufferLayout&&S.warn(`layout for attribute "${i.name}" not present in buffer layout`)();let s=Ne.getAttributeShaderTypeInfo(i.type),a=o?.vertexFormat||H.getCompatibleVertexFormat(s);return{attributeName:i.name,bufferName:o?.bufferName||i.name,location:i.location,vertexFormat:a,byteOffset:o?.byteOffset??0,byteStride:o?.byteStride??H.getVertexFormatInfo(a).byteLength,stepMode:o?.stepMode||i.stepMode||(i.name.startsWith("instance")?"instance":"vertex")}}).sort((i,o)=>i.location-o.location)}function TP(t){for(let e of t)(e.attributes&&e.format||!e.attributes&&!e.format)&&S.warn(`BufferLayout ${e.name} must have either 'attributes' or 'format' field`)()}function PP(t){if(typeof t.byteStride=="number")return t.byteStride;if(t.attributes){let e=0;for(let r of t.attributes)e+=H.getVertexFormatInfo(r.format).byteLength;return e}return H.getVertexFormatInfo(t.format).byteLength}var pd=_(()=>{Ee();po();Ji()});function go(t,e){let r={},n=hd(t,e,{warnOnMissingBufferLayout:!0});for(let i of n){let o=LP(t,i);r[i.attributeName]=o}return r}function LP(t,e){let r=AP(t,e.attributeName),n=Ne.getAttributeShaderTypeInfo(r.type),i=e.vertexFormat,o=H.getVertexFormatInfo(i);return{attributeName:e.attributeName,bufferName:e.bufferName,location:r.location,shaderType:r.type,primitiveType:n.primitiveType,shaderComponents:n.components,vertexFormat:i,bufferDataType:o.type,bufferComponents:o.components,normalized:o.normalized,integer:n.integer,stepMode:e.stepMode,byteOffset:e.byteOffset,byteStride:e.byteStride}}function AP(t,e){let r=t.attributes.find(n=>n.name===e);return r||S.warn(`shader layout attribute "${e}" not present in shader`)(),r||null}var By=_(()=>{Ee();po();Ji();pd()});var R=_(()=>{A_();C_();Z_();ry();ny();Ia();ed();iy();oy();rd();Jf();ly();nd();uy();fy();dy();py();id();my();gy();_y();yy();by();xy();Va();Ry();Oa();Ba();po();Ji();Ua();Ee();hy();Kf();ud();By();pd()});function _o(t=[],e){let r=[],n={},i={},o={},s={};for(let a of t)Oy({modules:r,defines:n,injections:i,vertexInputs:o,varyings:s},a),Oy({modules:r,defines:n,injections:i,vertexInputs:o,varyings:s},a[e]);for(let a of Object.keys(s))if(o[a])throw new Error(`ShaderPlugin name "${a}" cannot be both a vertex input and a varying`);return{modules:r,defines:n,injections:i,vertexInputs:o,varyings:s}}function yo(t=[],e=[]){let r=[...t],n=new Set(r.map(i=>i.name));for(let i of e)n.has(i.name)||(r.push(i),n.add(i.name));return r}function Oy(t,e){if(e){e.modules?.length&&t.modules.push(...e.modules),e.defines&&Object.assign(t.defines,e.defines);for(let[r,n]of Object.entries(e.vertexInputs||{})){ky(r,"vertex input");let i=t.vertexInputs[r];if(i&&i!==n)throw new Error(`ShaderPlugin vertex input "${r}" has conflicting types "${i}" and "${n}"`);t.vertexInputs[r]=n}for(let[r,n]of Object.entries(e.varyings||{})){ky(r,"varying");let i=MP(r,n),o=t.varyings[r];if(o&&(o.type!==i.type||o.interpolation!==i.interpolation))throw new Error(`ShaderPlugin varying "${r}" has conflicting declarations "${o.type}/${o.interpolation}" and "${i.type}/${i.interpolation}"`);t.varyings[r]=i}for(let r of e.injections||[])IP(r.target),t.injections[r.target]||(t.injections[r.target]=[]),t.injections[r.target].push({injection:r.injection,order:r.order??0})}}function ky(t,e){if(!/^[A-Za-z_][A-Za-z0-9_]*$/.test(t)||t.startsWith("_luma_"))throw new Error(`ShaderPlugin ${e} "${t}" must be a valid non-reserved identifier`)}function MP(t,e){let{primitiveType:r}=Ne.getAttributeShaderTypeInfo(e.type),n=r==="i32"||r==="u32",i=e.interpolation||(n?"flat":"smooth");if(n&&i==="smooth")throw new Error(`ShaderPlugin integer varying "${t}" must use flat interpolation`);return{type:e.type,interpolation:i}}function IP(t){if(!CP.test(t))throw new Error(`ShaderPlugin injection target "${t}" must be a named shader anchor or hook`)}var CP,Dy=_(()=>{R();CP=/^(vs|fs):(?:#(?:decl|main-start|main-end)|[A-Za-z_][\w-]*)$/});function bo(t){return`${t.name}Uniforms`}function Fy(t,e){let r=e==="wgsl"?t.source:e==="vertex"?t.vs:t.fs;if(!r)return null;let n=bo(t);return OP(r,e==="wgsl"?"wgsl":"glsl",n)}function Uy(t,e){let r=Object.keys(t.uniformTypes||{});if(!r.length)return null;let n=Fy(t,e);return n?{moduleName:t.name,uniformBlockName:bo(t),stage:e,expectedUniformNames:r,actualUniformNames:n,matches:NP(r,n)}:null}function md(t,e,r={}){let n=Uy(t,e);if(!n||n.matches)return n;let i=FP(n);return r.log?.error?.(i,n)(),r.throwOnError!==!1&&Nt(!1,i),n}function xo(t){let e=[],r=UP(t);for(let n of r.matchAll(BP)){let i=n[1]?.trim()||null;e.push({blockName:n[2],body:n[3],instanceName:n[4]||null,layoutQualifier:i,hasLayoutQualifier:!!i,isStd140:!!(i&&/\blayout\s*\([^)]*\bstd140\b[^)]*\)/.exec(i))})}return e}function gd(t,e,r,n){let i=xo(t).filter(s=>!s.isStd140),o=new Set;for(let s of i){if(o.has(s.blockName))continue;o.add(s.blockName);let a=n?.label?`${n.label} `:"",c=s.hasLayoutQualifier?`declares ${GP(s.layoutQualifier)} instead of layout(std140)`:"does not declare layout(std140)",l=`${a}${e} shader uniform block ${s.blockName} ${c}. luma.gl host-side shader block packing assumes explicit layout(std140) for GLSL uniform blocks. Add \`layout(std140)\` to the block declaration.`;r?.warn?.(l,s)()}return i}function OP(t,e,r){let n=e==="wgsl"?kP(t,r):DP(t,r);if(!n)return null;let i=[];for(let o of n.split(`
`)){let s=o.replace(/\/\/.*$/,"").trim();if(!s||s.startsWith("#"))continue;let a=e==="wgsl"?s.match(/^([A-Za-z0-9_]+)\s*:/):s.match(RP);a&&i.push(a[1])}return i}function kP(t,e){let r=new RegExp(`\\bstruct\\s+${e}\\b`,"m").exec(t);if(!r)return null;let n=t.indexOf("{",r.index);if(n<0)return null;let i=0;for(let o=n;o<t.length;o++){let s=t[o];if(s==="{"){i++;continue}if(s==="}"&&(i--,i===0))return t.slice(n+1,o)}return null}function DP(t,e){return xo(t).find(n=>n.blockName===e)?.body||null}function NP(t,e){if(t.length!==e.length)return!1;for(let r=0;r<t.length;r++)if(t[r]!==e[r])return!1;return!0}function FP(t){let{expectedUniformNames:e,actualUniformNames:r}=t,n=e.filter(a=>!r.includes(a)),i=r.filter(a=>!e.includes(a)),o=[`Expected ${e.length} fields, found ${r.length}.`],s=$P(e,r);return s&&o.push(s),n.length&&o.push(`Missing from shader block (${n.length}): ${Ny(n)}.`),i.length&&o.push(`Unexpected in shader block (${i.length}): ${Ny(i)}.`),e.length<=12&&r.length<=12&&(n.length||i.length)&&(o.push(`Expected: ${e.join(", ")}.`),o.push(`Actual: ${r.join(", ")}.`)),`${t.moduleName}: ${t.stage} shader uniform block ${t.uniformBlockName} does not match module.uniformTypes. ${o.join(" ")}`}function UP(t){return t.replace(/\/\*[\s\S]*?\*\//g,"").replace(/\/\/.*$/gm,"")}function GP(t){return t.replace(/\s+/g," ").trim()}function $P(t,e){let r=Math.min(t.length,e.length);for(let n=0;n<r;n++)if(t[n]!==e[n])return`First mismatch at field ${n+1}: expected ${t[n]}, found ${e[n]}.`;return t.length>e.length?`Shader block ends after field ${e.length}; expected next field ${t[e.length]}.`:e.length>t.length?`Shader block has extra field ${e.length}: ${e[t.length]}.`:null}function Ny(t,e=8){if(t.length<=e)return t.join(", ");let r=t.length-e;return`${t.slice(0,e).join(", ")}, ... (${r} more)`}var RP,BP,_d=_(()=>{Ta();RP=/^(?:uniform\s+)?(?:(?:lowp|mediump|highp)\s+)?[A-Za-z0-9_]+(?:<[^>]+>)?\s+([A-Za-z0-9_]+)(?:\s*\[[^\]]+\])?\s*;/,BP=/((?:layout\s*\([^)]*\)\s*)*)uniform\s+([A-Za-z_][A-Za-z0-9_]*)\s*\{([\s\S]*?)\}\s*([A-Za-z_][A-Za-z0-9_]*)?\s*;/g});function Gy(t){switch(t?.gpu.toLowerCase()){case"apple":return`#define APPLE_GPU
// Apple optimizes away the calculation necessary for emulated fp64
#define LUMA_FP64_CODE_ELIMINATION_WORKAROUND 1
#define LUMA_FP32_TAN_PRECISION_WORKAROUND 1
// Intel GPU doesn't have full 32 bits precision in same cases, causes overflow
#define LUMA_FP64_HIGH_BITS_OVERFLOW_WORKAROUND 1
`;case"nvidia":return`#define NVIDIA_GPU
// Nvidia optimizes away the calculation necessary for emulated fp64
#define LUMA_FP64_CODE_ELIMINATION_WORKAROUND 1
`;case"intel":return`#define INTEL_GPU
// Intel optimizes away the calculation necessary for emulated fp64
#define LUMA_FP64_CODE_ELIMINATION_WORKAROUND 1
// Intel's built-in 'tan' function doesn't have acceptable precision
#define LUMA_FP32_TAN_PRECISION_WORKAROUND 1
// Intel GPU doesn't have full 32 bits precision in same cases, causes overflow
#define LUMA_FP64_HIGH_BITS_OVERFLOW_WORKAROUND 1
`;case"amd":return`#define AMD_GPU
`;default:return`#define DEFAULT_GPU
// Prevent driver from optimizing away the calculation necessary for emulated fp64
#define LUMA_FP64_CODE_ELIMINATION_WORKAROUND 1
// Headless Chrome's software shader 'tan' function doesn't have acceptable precision
#define LUMA_FP32_TAN_PRECISION_WORKAROUND 1
// If the GPU doesn't have full 32 bits precision, will causes overflow
#define LUMA_FP64_HIGH_BITS_OVERFLOW_WORKAROUND 1
`}}var $y=_(()=>{});function Vy(t,e){if(Number(t.match(/^#version[ \t]+(\d+)/m)?.[1]||100)!==300)throw new Error("luma.gl v9 only supports GLSL 3.00 shader sources");switch(e){case"vertex":return t=zy(t,zP),t;case"fragment":return t=zy(t,VP),t;default:throw new Error(e)}}function zy(t,e){for(let[r,n]of e)t=t.replace(r,n);return t}function yd(t){return new RegExp(`\\b${t}[ \\t]+(\\w+[ \\t]+\\w+(\\[\\w+\\])?;)`,"g")}var Wy,zP,VP,jy=_(()=>{Wy=[[/^(#version[ \t]+(100|300[ \t]+es))?[ \t]*\n/,`#version 300 es
`],[/\btexture(2D|2DProj|Cube)Lod(EXT)?\(/g,"textureLod("],[/\btexture(2D|2DProj|Cube)(EXT)?\(/g,"texture("]],zP=[...Wy,[yd("attribute"),"in $1"],[yd("varying"),"out $1"]],VP=[...Wy,[yd("varying"),"in $1"]]});function qa(t,e,r="glsl"){let n="";for(let i in t){let o=t[i];if(n+=`${r==="wgsl"?"fn":"void"} ${o.signature} {
`,o.header&&(n+=`  ${o.header}`),e[i]){let a=e[i];a.sort((c,l)=>c.order-l.order);for(let c of a)n+=`  ${c.injection}
`}o.footer&&(n+=`  ${o.footer}`),n+=`}
`}return n}function bd(t){let e={vertex:{},fragment:{}};for(let r of t){let n,i;typeof r!="string"?(n=r,i=n.hook):(n={},i=r),i=i.trim();let o=i.indexOf(":"),s=i.slice(0,o),a=i.slice(o+1),c=i.replace(/\(.+/,""),l=Object.assign(n,{signature:a});switch(s){case"vs":e.vertex[c]=l;break;case"fs":e.fragment[c]=l;break;default:throw new Error(s)}}return e}var Hy=_(()=>{});function Yy(t,e){return{name:WP(t,e),language:"glsl",version:jP(t)}}function WP(t,e="unnamed"){let n=/#define[^\S\r\n]*SHADER_NAME[^\S\r\n]*([A-Za-z0-9_-]+)\s*/.exec(t);return n?n[1]:e}function jP(t){let e=100,r=t.match(/[^\s]+/g);if(r&&r.length>=2&&r[0]==="#version"){let n=parseInt(r[1],10);Number.isFinite(n)&&(e=n)}if(e!==100&&e!==300)throw new Error(`Invalid GLSL version ${e}`);return e}var qy=_(()=>{});function Xa(t,e=[]){let r=Sn(t),n=new Map;for(let o of e)n.set(Zy(o.name,o.group,o.location),o.moduleName);let i=[];for(let o of Xy){o.lastIndex=0;let s;for(s=o.exec(r);s;){let a=o===Xy[0],c=Number(s[a?1:2]),l=Number(s[a?2:1]),u=s[3]?.trim(),f=s[4],d=s[5].trim(),h=n.get(Zy(f,l,c));i.push(HP({name:f,group:l,binding:c,owner:h?"module":"application",moduleName:h,accessDeclaration:u,resourceType:d})),s=o.exec(r)}}return i.sort((o,s)=>o.group!==s.group?o.group-s.group:o.binding!==s.binding?o.binding-s.binding:o.name.localeCompare(s.name))}function HP(t){let e={name:t.name,group:t.group,binding:t.binding,owner:t.owner,kind:"unknown",moduleName:t.moduleName,resourceType:t.resourceType};if(t.accessDeclaration){let r=t.accessDeclaration.split(",").map(n=>n.trim());if(r[0]==="uniform")return{...e,kind:"uniform",access:"uniform"};if(r[0]==="storage"){let n=r[1]||"read_write";return{...e,kind:n==="read"?"read-only-storage":"storage",access:n}}}return t.resourceType==="sampler"||t.resourceType==="sampler_comparison"?{...e,kind:"sampler",samplerKind:t.resourceType==="sampler_comparison"?"comparison":"filtering"}:t.resourceType.startsWith("texture_storage_")?{...e,kind:"storage-texture",access:qP(t.resourceType),viewDimension:Ky(t.resourceType)}:t.resourceType.startsWith("texture_")?{...e,kind:"texture",viewDimension:Ky(t.resourceType),sampleType:YP(t.resourceType),multisampled:t.resourceType.startsWith("texture_multisampled_")}:e}function Zy(t,e,r){return`${e}:${r}:${t}`}function Ky(t){if(t.includes("cube_array"))return"cube-array";if(t.includes("2d_array"))return"2d-array";if(t.includes("cube"))return"cube";if(t.includes("3d"))return"3d";if(t.includes("2d"))return"2d";if(t.includes("1d"))return"1d"}function YP(t){if(t.startsWith("texture_depth_"))return"depth";if(t.includes("<i32>"))return"sint";if(t.includes("<u32>"))return"uint";if(t.includes("<f32>"))return"float"}function qP(t){return/,\s*([A-Za-z_][A-Za-z0-9_]*)\s*>$/.exec(t)?.[1]}var Xy,xd=_(()=>{wa();Xy=[new RegExp(`@binding\\(\\s*(\\d+)\\s*\\)\\s*@group\\(\\s*(\\d+)\\s*\\)\\s*${De}\\s*:\\s*([^;]+);`,"g"),new RegExp(`@group\\(\\s*(\\d+)\\s*\\)\\s*@binding\\(\\s*(\\d+)\\s*\\)\\s*${De}\\s*:\\s*([^;]+);`,"g")]});function $r(t,e){let r=t.split(`
`),n=[],i=[],o=!0;for(let s of r){let a=s.match(XP),c=s.match(eL)||s.match(ZP),l=s.match(KP),u=s.match(QP),f=s.match(tL)||s.match(JP);if(a){let d=rL(a[1],e?.defines||{}),h=o&&d;i.push({parentActive:o,branchTaken:d,active:h}),o=h}else if(c||l){let d=(c||l)?.[1],h=!!e?.defines?.[d],p=c?h:!h,g=o&&p;i.push({parentActive:o,branchTaken:p,active:g}),o=g}else if(u){let d=i[i.length-1];if(!d)throw new Error("Encountered #else without matching #if, #ifdef or #ifndef");d.active=d.parentActive&&!d.branchTaken,d.branchTaken=!0,o=d.active}else f?(i.pop(),o=i.length?i[i.length-1].active:!0):o&&n.push(s)}if(i.length>0)throw new Error("Unterminated conditional block in shader source");return n.join(`
`)}function rL(t,e){let r=t.trim();if(/^[+-]?\d+(?:\.\d+)?$/.test(r))return Number(r)!==0;if(r==="true")return!0;if(r==="false")return!1;let n=r.match(new RegExp(`^!\\s*${Gr}$`));if(n)return!e[n[1]];let i=r.match(new RegExp(`^${Gr}$`));if(i)return!!e[i[1]];let o=r.match(new RegExp(`^defined\\s*\\(\\s*${Gr}\\s*\\)$`));if(o)return e[o[1]]!==void 0;let s=r.match(new RegExp(`^!\\s*defined\\s*\\(\\s*${Gr}\\s*\\)$`));if(s)return e[s[1]]===void 0;throw new Error(`Unsupported #if expression "${t}"`)}var Gr,XP,ZP,KP,QP,JP,eL,tL,wd=_(()=>{Gr="([a-zA-Z_][a-zA-Z0-9_]*)",XP=/^\s*\#\s*if\s+(.+?)\s*(?:\/\/.*)?$/,ZP=new RegExp(`^\\s*\\#\\s*ifdef\\s*${Gr}\\s*$`),KP=new RegExp(`^\\s*\\#\\s*ifndef\\s*${Gr}\\s*(?:\\/\\/.*)?$`),QP=/^\s*\#\s*else\s*(?:\/\/.*)?$/,JP=/^\s*\#\s*endif\s*$/,eL=new RegExp(`^\\s*\\#\\s*ifdef\\s*${Gr}\\s*(?:\\/\\/.*)?$`),tL=/^\s*\#\s*endif\s*(?:\/\/.*)?$/});function eb(t,e){let r=[];for(let[n,i]of Object.entries(e))nL(t,n),r.push(`in ${Za(i)} ${n};`);return r.join(`
`)}function tb(t,e,r){let n=Object.entries(r);if(n.length===0)return{source:t,declarations:"",initialization:""};let i=iL(t,e),o=t.slice(i.openParenthesis+1,i.closeParenthesis),s=oL(t,o),a=new Set(s.locations),c=[],l=[],u=[];for(let[g,m]of n){if(s.names.has(g)||cL(t,g))throw new Error(`ShaderPlugin vertex input "${g}" conflicts with an existing WGSL shader input or variable`);let b=lL(a);a.add(b);let x=`_luma_${g}`;c.push(`@location(${b}) ${x}: ${m}`),l.push(`var<private> ${g}: ${m};`),u.push(`${g} = ${x};`)}let f=o.trim()?`,
  `:`
  `,d=o.trim()?"":`
`,h=`${o}${f}${c.join(`,
  `)}${d}`;return{source:t.slice(0,i.openParenthesis+1)+h+t.slice(i.closeParenthesis),declarations:l.join(`
`),initialization:u.join(`
`)}}function Za(t){let{primitiveType:e,components:r}=Ne.getAttributeShaderTypeInfo(t),n=e==="i32"?"int":e==="u32"?"uint":"float";return r===1?n:`${n==="int"?"i":n==="uint"?"u":""}vec${r}`}function nL(t,e){let r=Ka(e);if(new RegExp(`\\b(?:in|attribute)\\s+(?:(?:lowp|mediump|highp)\\s+)?[A-Za-z_][A-Za-z0-9_]*\\s+${r}\\s*(?:\\[|;)`).test(t))throw new Error(`ShaderPlugin vertex input "${e}" conflicts with an existing GLSL input`)}function iL(t,e){let n=new RegExp(`\\bfn\\s+${Ka(e)}\\s*\\(`,"g").exec(t);if(!n)throw new Error(`ShaderPlugin vertex inputs require WGSL vertex entry point "${e}"`);let i=t.indexOf("(",n.index),o=rb(t,i,"(",")");if(o<0)throw new Error(`Unable to parse WGSL vertex entry point "${e}" parameters`);return{openParenthesis:i,closeParenthesis:o}}function oL(t,e){let r=Qy(e),n=new Set(Jy(e)),i=sL(e);for(let o of i){let s=aL(t,o);if(s!==null){r.push(...Qy(s));for(let a of Jy(s))n.add(a)}}return{locations:r,names:n}}function Qy(t){let e=[],r=/@location\s*\(\s*(\d+)\s*\)/g,n=r.exec(t);for(;n;)e.push(Number(n[1])),n=r.exec(t);return e}function Jy(t){let e=[],r=/(?:^|,)\s*(?:@[A-Za-z_][\w]*(?:\([^)]*\))?\s*)*([A-Za-z_][\w]*)\s*:/gm,n=r.exec(t);for(;n;)e.push(n[1]),n=r.exec(t);return e}function sL(t){let e=[],r=/:\s*([A-Za-z_][\w]*)\b/g,n=r.exec(t);for(;n;)e.push(n[1]),n=r.exec(t);return e}function aL(t,e){let n=new RegExp(`\\bstruct\\s+${Ka(e)}\\s*\\{`,"g").exec(t);if(!n)return null;let i=t.indexOf("{",n.index),o=rb(t,i,"{","}");return o<0?null:t.slice(i+1,o)}function cL(t,e){let r=Ka(e),n=new RegExp(`\\b(?:var(?:<[^>]+>)?|let|const)\\s+${r}\\b`,"g"),i=n.exec(t);for(;i;){if(uL(t,i.index)===0)return!0;i=n.exec(t)}return!1}function lL(t){let e=0;for(;t.has(e);)e++;return e}function rb(t,e,r,n){let i=0,o=0,s=!1;for(let a=e;a<t.length;a++){let c=t[a],l=t[a+1];if(s){c===`
`&&(s=!1);continue}if(o>0){c==="/"&&l==="*"?(o++,a++):c==="*"&&l==="/"&&(o--,a++);continue}if(c==="/"&&l==="/"){s=!0,a++;continue}if(c==="/"&&l==="*"){o=1,a++;continue}if(c===r&&i++,c===n&&--i===0)return a}return-1}function uL(t,e){let r=0,n=0,i=!1;for(let o=0;o<e;o++){let s=t[o],a=t[o+1];if(i){s===`
`&&(i=!1);continue}if(n>0){s==="/"&&a==="*"?(n++,o++):s==="*"&&a==="/"&&(n--,o++);continue}s==="/"&&a==="/"?(i=!0,o++):s==="/"&&a==="*"?(n=1,o++):s==="{"?r++:s==="}"&&r--}return r}function Ka(t){return t.replace(/[.*+?^${}()|[\]\\]/g,"\\$&")}var vd=_(()=>{R()});function ib(t,e,r){let n=[],i=[];for(let[o,s]of Object.entries(r)){EL(t,o);let a=s.interpolation==="flat"?"flat ":"",c=e==="vertex"?"out":"in";n.push(`${a}${c} ${Za(s.type)} ${o};`),e==="vertex"&&i.push(`${o} = ${wL(s.type)};`)}return{declarations:n.join(`
`),initialization:i.join(`
`)}}function ob(t,e,r,n){let i=Object.entries(n);if(i.length===0)return{source:t,declarations:"",vertexInitialization:"",fragmentInitialization:""};let o=t,s=Qa(o,e,"vertex"),a=fL(o,s),c=Qa(o,r,"fragment"),l=dL(o,c),u=Ed(o,a),f=Ed(o,l.type),d=new Set([...Ja(s.parameters),...Ja(u.body),...Ja(c.parameters),...Ja(f.body)]),h=new Set([...nb(u.body),...nb(f.body)]),p=[],g=[],m=[],b=[];for(let[v,E]of i){if(d.has(v)||bL(o,v))throw new Error(`ShaderPlugin varying "${v}" conflicts with existing WGSL stage I/O or a module variable`);let P=xL(h);h.add(P);let L=E.interpolation==="flat"?" @interpolate(flat)":"";p.push(`  @location(${P})${L} ${v}: ${E.type},`),g.push(`var<private> ${v}: ${E.type};`),m.push(`${v} = ${vL(E.type)};`),b.push(`${v} = ${l.name}.${v};`)}hL(o,a,s.openBrace,s.closeBrace),o=pL(o,a,s,i.map(([v])=>v)),s=Qa(o,e,"vertex"),o=mL(o,s,i.map(([v])=>v));let y=(a===l.type?[a]:[a,l.type]).map(v=>Ed(o,v).closeBrace).sort((v,E)=>E-v);for(let v of y)o=o.slice(0,v)+`${p.join(`
`)}
`+o.slice(v);if(c=Qa(o,r,"fragment"),!new RegExp(`\\b${zr(l.name)}\\s*:`).test(c.parameters))throw new Error(`Unable to preserve WGSL fragment input "${l.name}"`);return{source:o,declarations:g.join(`
`),vertexInitialization:m.join(`
`),fragmentInitialization:b.join(`
`)}}function Qa(t,e,r){let i=new RegExp(`\\bfn\\s+${zr(e)}\\s*\\(`,"g").exec(t);if(!i)throw new Error(`ShaderPlugin varyings require WGSL ${r} entry point "${e}"`);let o=t.indexOf("(",i.index),s=ec(t,o,"(",")"),a=t.indexOf("{",s),c=ec(t,a,"{","}");if(s<0||a<0||c<0)throw new Error(`Unable to parse WGSL ${r} entry point "${e}"`);return{openParenthesis:o,closeParenthesis:s,openBrace:a,closeBrace:c,parameters:t.slice(o+1,s)}}function fL(t,e){let r=t.slice(e.closeParenthesis+1,e.openBrace),n=/->\s*([A-Za-z_][\w]*)\s*$/.exec(r.trim());if(!n||Sd(t,n[1])===null)throw new Error("ShaderPlugin varyings require the WGSL vertex entry point to return a named struct");return n[1]}function dL(t,e){let r=[];for(let n of yL(e.parameters,",")){let i=/(?:@[A-Za-z_][\w]*(?:\([^)]*\))?\s*)*([A-Za-z_][\w]*)\s*:\s*([A-Za-z_][\w]*)\s*$/.exec(n.trim());i&&Sd(t,i[2])&&r.push({name:i[1],type:i[2]})}if(r.length!==1)throw new Error(`ShaderPlugin varyings require exactly one named WGSL fragment input struct; found ${r.length}`);return r[0]}function Ed(t,e){let r=Sd(t,e);if(!r)throw new Error(`Unable to find WGSL stage I/O struct "${e}"`);return r}function Sd(t,e){let n=new RegExp(`\\bstruct\\s+${zr(e)}\\s*\\{`,"g").exec(t);if(!n)return null;let i=t.indexOf("{",n.index),o=ec(t,i,"{","}");return o<0?null:{openBrace:i,closeBrace:o,body:t.slice(i+1,o)}}function hL(t,e,r,n){let i=new RegExp(`\\b${zr(e)}\\s*\\(`,"g"),o=i.exec(t);for(;o;){if(o.index<r||o.index>n)throw new Error(`ShaderPlugin varying output struct "${e}" is constructed outside the selected vertex entry point`);o=i.exec(t)}}function pL(t,e,r,n){let i=new RegExp(`\\b${zr(e)}\\s*\\(`,"g"),o=[],s=i.exec(t);for(;s;){if(s.index>r.openBrace&&s.index<r.closeBrace){let a=t.indexOf("(",s.index),c=ec(t,a,"(",")");if(c<0||c>r.closeBrace)throw new Error(`Unable to parse WGSL output constructor "${e}"`);o.push({openParenthesis:a,closeParenthesis:c})}s=i.exec(t)}for(let a of o.sort((c,l)=>l.closeParenthesis-c.closeParenthesis)){let l=t.slice(a.openParenthesis+1,a.closeParenthesis).trim()?", ":"";t=t.slice(0,a.closeParenthesis)+l+n.join(", ")+t.slice(a.closeParenthesis)}return t}function mL(t,e,r){let n=gL(t,e.openBrace+1,e.closeBrace);for(let i=n.length-1;i>=0;i--){let o=n[i],s=t.slice(o.expressionStart,o.semicolon).trim();if(!s)throw new Error("ShaderPlugin varying vertex entry point cannot use an empty return");let a=`_luma_vertexOutput${i}`,c=r.map(u=>`${a}.${u} = ${u};`).join(`
`),l=`{
var ${a} = ${s};
${c}
return ${a};
}`;t=t.slice(0,o.start)+l+t.slice(o.semicolon+1)}return t}function gL(t,e,r){let n=[],i=e;for(;i<r;)if(i=Td(t,i,r),t.slice(i,i+6)==="return"&&!/[A-Za-z0-9_]/.test(t[i+6]||"")){let o=i+6,s=_L(t,o,r);if(s<0)throw new Error("Unable to parse WGSL return statement in selected vertex entry point");n.push({start:i,expressionStart:o,semicolon:s}),i=s+1}else i++;return n}function _L(t,e,r){let n=0,i=0;for(let o=e;o<r;o++){let s=Td(t,o,r);if(s!==o){o=s-1;continue}let a=t[o];if(a==="("&&n++,a===")"&&n--,a==="["&&i++,a==="]"&&i--,a===";"&&n===0&&i===0)return o}return-1}function Td(t,e,r){let n=e;if(t[n]==="/"&&t[n+1]==="/"){let i=t.indexOf(`
`,n+2);return i<0||i>r?r:i+1}if(t[n]==="/"&&t[n+1]==="*"){let i=1;for(n+=2;n<r&&i>0;)t[n]==="/"&&t[n+1]==="*"?(i++,n+=2):t[n]==="*"&&t[n+1]==="/"?(i--,n+=2):n++}return n}function yL(t,e){let r=[],n=0,i=0,o=0;for(let s=0;s<t.length;s++){let a=t[s];a==="("&&i++,a===")"&&i--,a==="<"&&o++,a===">"&&o--,a===e&&i===0&&o===0&&(r.push(t.slice(n,s)),n=s+1)}return r.push(t.slice(n)),r}function nb(t){let e=[],r=/@location\s*\(\s*(\d+)\s*\)/g,n=r.exec(t);for(;n;)e.push(Number(n[1])),n=r.exec(t);return e}function Ja(t){let e=[],r=/(?:^|,)\s*(?:@[A-Za-z_][\w]*(?:\([^)]*\))?\s*)*([A-Za-z_][\w]*)\s*:/gm,n=r.exec(t);for(;n;)e.push(n[1]),n=r.exec(t);return e}function bL(t,e){let r=new RegExp(`\\b(?:var(?:<[^>]+>)?|let|const)\\s+${zr(e)}\\b`,"g"),n=r.exec(t);for(;n;){if(SL(t,n.index)===0)return!0;n=r.exec(t)}return!1}function xL(t){let e=0;for(;t.has(e);)e++;return e}function wL(t){let{primitiveType:e,components:r}=Ne.getAttributeShaderTypeInfo(t),n=e==="u32"?"0u":e==="i32"?"0":"0.0";return r===1?n:`${Za(t)}(${n})`}function vL(t){let{primitiveType:e,components:r}=Ne.getAttributeShaderTypeInfo(t),n=`${e}(0)`;return r===1?n:`${t}(${n})`}function EL(t,e){if(new RegExp(`\\b(?:flat\\s+|smooth\\s+)?(?:in|out|varying)\\s+(?:(?:lowp|mediump|highp)\\s+)?[A-Za-z_][A-Za-z0-9_]*\\s+${zr(e)}\\s*(?:\\[|;)`).test(t))throw new Error(`ShaderPlugin varying "${e}" conflicts with existing GLSL stage I/O`)}function ec(t,e,r,n){let i=0,o=0,s=!1;for(let a=e;a<t.length;a++){let c=t[a],l=t[a+1];if(s){c===`
`&&(s=!1);continue}if(o>0){c==="/"&&l==="*"?(o++,a++):c==="*"&&l==="/"&&(o--,a++);continue}if(c==="/"&&l==="/"){s=!0,a++;continue}if(c==="/"&&l==="*"){o=1,a++;continue}if(c===r&&i++,c===n&&--i===0)return a}return-1}function SL(t,e){let r=0;for(let n=0;n<e;n++){let i=Td(t,n,e);if(i!==n){n=i-1;continue}t[n]==="{"&&r++,t[n]==="}"&&r--}return r}function zr(t){return t.replace(/[.*+?^${}()|[\]\\]/g,"\\$&")}var sb=_(()=>{R();vd()});function lb(t){let e=Ar(t.modules||[]),{source:r,bindingAssignments:n}=PL(t.platformInfo,{...t,source:t.source,stage:"vertex",modules:e});return{source:r,getUniforms:fb(e),bindingAssignments:n,bindingTable:Xa(r,n),shaderLayout:Ea(r,{vertexEntryPoint:t.vertexEntryPoint,scanVertexAttributes:t.scanVertexAttributes})}}function ub(t){let{vs:e,fs:r}=t,n=Ar(t.modules||[]);return{vs:ab(t.platformInfo,{...t,source:e,stage:"vertex",modules:n}),fs:ab(t.platformInfo,{...t,source:r,stage:"fragment",modules:n}),getUniforms:fb(n)}}function PL(t,e){let{source:r,stage:n,modules:i,defines:o={},hookFunctions:s=[],inject:a={},pluginInjections:c={},pluginVertexInputs:l={},pluginVaryings:u={},vertexEntryPoint:f="vertexMain",fragmentEntryPoint:d="fragmentMain",log:h}=e;Nt(typeof r=="string","shader source must be a string");let p=$r(r,{defines:o}),g=tb(p,f,l),m=ob(g.source,f,d,u),b=m.source,x="",y=bd(s),w={},v={},E={};db(c,w,v,E);for(let I in a){let M=typeof a[I]=="string"?{injection:a[I],order:0}:a[I],N=/^(v|f)s:(#)?([\w-]+)$/.exec(I);if(N){let X=N[2],Q=N[3];X?Q==="decl"?v[I]=[M]:E[I]=[M]:w[I]=[M]}else E[I]=[M]}LL(g.declarations,g.initialization,v,E),AL(m,v,E);let P=i,L=OL(b),C=BL(L.source),T=FL(P,e._bindingRegistry,C,o),D=[];for(let I of P){h&&If(I,b,h);let M=$r(hb(I,"wgsl",h),{defines:o}),N=kL(M,I,{usedBindingsByGroup:C,bindingRegistry:e._bindingRegistry,reservedBindingKeysByGroup:T});D.push(...N.bindingAssignments);let X=N.source;x+=X;let Q=CL(I);for(let xe in Q){let Ii=/^(v|f)s:#([\w-]+)$/.exec(xe);if(Ii){let Eu=Ii[2]==="decl"?v:E;Eu[xe]=Eu[xe]||[],Eu[xe].push(Q[xe])}else w[xe]=w[xe]||[],w[xe].push(Q[xe])}}return x+=Pd,x=Zi(x,n,ML(v),!1,"wgsl",{vertex:f,fragment:d}),x+=IL(y,w),x+=WL(D),x+=L.source,x=Zi(x,n,E,!1,"wgsl",{vertex:f,fragment:d}),VL(x),{source:x,bindingAssignments:D}}function ab(t,e){let{source:r,stage:n,language:i="glsl",modules:o,defines:s={},hookFunctions:a=[],inject:c={},pluginInjections:l={},pluginVertexInputs:u={},pluginVaryings:f={},prologue:d=!0,log:h}=e;Nt(typeof r=="string","shader source must be a string");let p=i==="glsl"?Yy(r).version:-1,g=t.shaderLanguageVersion,m=p===100?"#version 100":"#version 300 es",x=r.split(`
`).slice(1).join(`
`),y={};o.forEach(T=>{Object.assign(y,T.defines)}),Object.assign(y,s);let w="";switch(i){case"wgsl":break;case"glsl":w=d?`${m}

// ----- PROLOGUE -------------------------
${`#define SHADER_TYPE_${n.toUpperCase()}`}

${Gy(t)}
${n==="fragment"?TL:""}

// ----- APPLICATION DEFINES -------------------------

${RL(y)}

`:`${m}
`;break}let v=bd(a),E={},P={},L={};db(l,E,P,L);for(let T in c){let D=typeof c[T]=="string"?{injection:c[T],order:0}:c[T],I=/^(v|f)s:(#)?([\w-]+)$/.exec(T);if(I){let M=I[2],N=I[3];M?N==="decl"?P[T]=[D]:L[T]=[D]:E[T]=[D]}else L[T]=[D]}if(n==="vertex"){let T=eb(x,u);T&&(P["vs:#decl"]=P["vs:#decl"]||[],P["vs:#decl"].push({injection:T,order:Number.MIN_SAFE_INTEGER}))}let C=ib(x,n,f);if(C.declarations){let T=n==="vertex"?"vs:#decl":"fs:#decl";P[T]=P[T]||[],P[T].push({injection:C.declarations,order:Number.MIN_SAFE_INTEGER})}C.initialization&&(L["vs:#main-start"]=L["vs:#main-start"]||[],L["vs:#main-start"].push({injection:C.initialization,order:Number.MIN_SAFE_INTEGER}));for(let T of o){h&&If(T,x,h);let D=hb(T,n,h);w+=D;let I=T.instance?.normalizedInjections[n]||{};for(let M in I){let N=/^(v|f)s:#([\w-]+)$/.exec(M);if(N){let Q=N[2]==="decl"?P:L;Q[M]=Q[M]||[],Q[M].push(I[M])}else E[M]=E[M]||[],E[M].push(I[M])}}return w+="// ----- MAIN SHADER SOURCE -------------------------",w+=Pd,w=Zi(w,n,P),w+=qa(v[n],E),w+=x,w=Zi(w,n,L),i==="glsl"&&p!==g&&(w=Vy(w,n)),i==="glsl"&&gd(w,n,h),w.trim()}function fb(t){return function(r){let n={};for(let i of t){let o=i.getUniforms?.(r,n);Object.assign(n,o)}return n}}function db(t,e,r,n){for(let i in t){let o=/^(v|f)s:(#)?([\w-]+)$/.exec(i);if(o){let s=o[2],a=o[3],c=s?a==="decl"?r:n:e;c[i]=c[i]||[],c[i].push(...t[i])}else n[i]=n[i]||[],n[i].push(...t[i])}}function LL(t,e,r,n){t&&(r["vs:#decl"]=r["vs:#decl"]||[],r["vs:#decl"].push({injection:t,order:Number.MIN_SAFE_INTEGER})),e&&(n["vs:#main-start"]=n["vs:#main-start"]||[],n["vs:#main-start"].push({injection:e,order:Number.MIN_SAFE_INTEGER}))}function AL(t,e,r){t.declarations&&(e["vs:#decl"]=e["vs:#decl"]||[],e["vs:#decl"].push({injection:t.declarations,order:Number.MIN_SAFE_INTEGER})),t.vertexInitialization&&(r["vs:#main-start"]=r["vs:#main-start"]||[],r["vs:#main-start"].push({injection:t.vertexInitialization,order:Number.MIN_SAFE_INTEGER})),t.fragmentInitialization&&(r["fs:#main-start"]=r["fs:#main-start"]||[],r["fs:#main-start"].push({injection:t.fragmentInitialization,order:Number.MIN_SAFE_INTEGER}))}function CL(t){return{...t.instance?.normalizedInjections.vertex||{},...t.instance?.normalizedInjections.fragment||{}}}function ML(t){let e=[...t["vs:#decl"]||[],...t["fs:#decl"]||[]];return e.length?{"vs:#decl":e}:{}}function IL(t,e){return qa(t.vertex,e,"wgsl")+qa(t.fragment,e,"wgsl")}function RL(t={}){let e="";for(let r in t){let n=t[r];(n||Number.isFinite(n))&&(e+=`#define ${r.toUpperCase()} ${t[r]}
`)}return e}function hb(t,e,r){let n;switch(e){case"vertex":n=t.vs||"";break;case"fragment":n=t.fs||"";break;case"wgsl":n=t.source||"";break;default:Nt(!1)}if(!t.name)throw new Error("Shader module must have a name");md(t,e,{log:r});let i=t.name.toUpperCase().replace(/[^0-9a-z]/gi,"_"),o=`// ----- MODULE ${t.name} ---------------

`;return e!=="wgsl"&&(o+=`#define MODULE_${i}
`),o+=`${n}
`,o}function BL(t){let e=new Map;for(let r of Lr(t,c_)){let n=Number(r.bindingToken),i=Number(r.groupToken);Ld(i,n,r.name),Rn(e,i,n,`application binding "${r.name}"`)}return e}function OL(t){let e=Lr(t,xa),r=new Map;for(let o of e){if(o.bindingToken==="auto")continue;let s=Number(o.bindingToken),a=Number(o.groupToken);Ld(a,s,o.name),Rn(r,a,s,`application binding "${o.name}"`)}let n={sawSupportedBindingDeclaration:e.length>0},i=wf(t,xa,o=>NL(o,r,n));if(vf(t)&&!n.sawSupportedBindingDeclaration)throw new Error('Unsupported @binding(auto) declaration form in application WGSL. Use adjacent "@group(N)" and "@binding(auto)" decorators followed by a bindable "var" declaration.');return{source:i}}function kL(t,e,r){let n=[],o={sawSupportedBindingDeclaration:Lr(t,En).length>0,nextHintedBindingLocation:typeof e.firstBindingSlot=="number"?e.firstBindingSlot:null},s=wf(t,En,a=>DL(a,{module:e,context:r,bindingAssignments:n,relocationState:o}));if(vf(t)&&!o.sawSupportedBindingDeclaration)throw new Error(`Unsupported @binding(auto) declaration form in module "${e.name}". Use adjacent "@group(N)" and "@binding(auto)" decorators followed by a bindable "var" declaration.`);return{source:s,bindingAssignments:n}}function DL(t,e){let{module:r,context:n,bindingAssignments:i,relocationState:o}=e,{match:s,bindingToken:a,groupToken:c,name:l}=t,u=Number(c);if(a==="auto"){let d=pb(u,r.name,l),h=n.bindingRegistry?.get(d),p=h!==void 0?h:$L(u,n.usedBindingsByGroup,r.name,o.nextHintedBindingLocation??void 0,n.bindingRegistry);return cb(r.name,u,p,l),h!==void 0&&UL(n.reservedBindingKeysByGroup,u,p,d)?(i.push({moduleName:r.name,name:l,group:u,location:p}),s.replace(/@binding\(\s*auto\s*\)/,`@binding(${p})`)):(Rn(n.usedBindingsByGroup,u,p,`module "${r.name}" binding "${l}"`),n.bindingRegistry?.set(d,p),i.push({moduleName:r.name,name:l,group:u,location:p}),o.nextHintedBindingLocation!==null&&h===void 0&&(o.nextHintedBindingLocation=p+1),s.replace(/@binding\(\s*auto\s*\)/,`@binding(${p})`))}let f=Number(a);return cb(r.name,u,f,l),Rn(n.usedBindingsByGroup,u,f,`module "${r.name}" binding "${l}"`),i.push({moduleName:r.name,name:l,group:u,location:f}),s}function NL(t,e,r){let{match:n,bindingToken:i,groupToken:o,name:s}=t,a=Number(o);if(i==="auto"){let c=zL(a,e);return Ld(a,c,s),Rn(e,a,c,`application binding "${s}"`),n.replace(/@binding\(\s*auto\s*\)/,`@binding(${c})`)}return r.sawSupportedBindingDeclaration=!0,n}function FL(t,e,r,n){let i=new Map;if(!e)return i;for(let o of t)for(let s of GL(o,n)){let a=pb(s.group,o.name,s.name),c=e.get(a);if(c!==void 0){let l=i.get(s.group)||new Map,u=l.get(c);if(u&&u!==a)throw new Error(`Duplicate WGSL binding reservation for modules "${u}" and "${a}": group ${s.group}, binding ${c}.`);Rn(r,s.group,c,`registered module binding "${a}"`),l.set(c,a),i.set(s.group,l)}}return i}function UL(t,e,r,n){let i=t.get(e);if(!i)return!1;let o=i.get(r);if(!o)return!1;if(o!==n)throw new Error(`Registered module binding "${n}" collided with "${o}": group ${e}, binding ${r}.`);return!0}function GL(t,e){let r=[],n=$r(t.source||"",{defines:e});for(let i of Lr(n,En))r.push({name:i.name,group:Number(i.groupToken)});return r}function Ld(t,e,r){if(t===0&&e>=wo)throw new Error(`Application binding "${r}" in group 0 uses reserved binding ${e}. Application-owned explicit group-0 bindings must stay below ${wo}.`)}function cb(t,e,r,n){if(e===0&&r<wo)throw new Error(`Module "${t}" binding "${n}" in group 0 uses reserved application binding ${r}. Module-owned explicit group-0 bindings must be ${wo} or higher.`)}function Rn(t,e,r,n){let i=t.get(e)||new Set;if(i.has(r))throw new Error(`Duplicate WGSL binding assignment for ${n}: group ${e}, binding ${r}.`);i.add(r),t.set(e,i)}function $L(t,e,r,n,i){let o=e.get(t)||new Set,s=new Set,a=`${t}:`,c=`${a}${r}:`;for(let[u,f]of i||[])u.startsWith(c)&&s.add(f);let l=n??(t===0?wo:o.size>0?Math.max(...o)+1:0);for(;o.has(l)||s.has(l);)l++;for(let[u,f]of i||[])f===l&&u.startsWith(a)&&i?.delete(u);return l}function zL(t,e){let r=e.get(t)||new Set,n=0;for(;r.has(n);)n++;return n}function VL(t){let e=l_(t,En);if(!e)return;let r=jL(t,e.index);throw r?new Error(`Unresolved @binding(auto) for module "${r}" binding "${e.name}" remained in assembled WGSL source.`):HL(t,e.index)?new Error(`Unresolved @binding(auto) for application binding "${e.name}" remained in assembled WGSL source.`):new Error(`Unresolved @binding(auto) remained in assembled WGSL source near "${YL(e.match)}".`)}function WL(t){if(t.length===0)return"";let e=`// ----- MODULE WGSL BINDING ASSIGNMENTS ---------------
`;for(let r of t)e+=`// ${r.moduleName}.${r.name} -> @group(${r.group}) @binding(${r.location})
`;return e+=`
`,e}function pb(t,e,r){return`${t}:${e}:${r}`}function jL(t,e){let r=/^\/\/ ----- MODULE ([^\n]+) ---------------$/gm,n,i;for(i=r.exec(t);i&&i.index<=e;)n=i[1],i=r.exec(t);return n}function HL(t,e){let r=t.indexOf(Pd);return r>=0?e>r:!0}function YL(t){return t.replace(/\s+/g," ").trim()}var Pd,wo,TL,mb=_(()=>{Rf();$y();Mf();jy();La();_d();Hy();Ta();qy();xd();Lf();wd();vd();sb();wa();Pd=`

${Xi}
`,wo=100,TL=`precision highp float;
`});var je,Bn,or,gb=_(()=>{La();mb();xd();wd();Lf();Ta();je=class t{static defaultShaderAssemblers={};_hookFunctions=[];_defaultModules=[];static getDefaultShaderAssembler(e){return Nt(e==="glsl"||e==="wgsl"),e==="wgsl"?(t.defaultShaderAssemblers.wgsl=t.defaultShaderAssemblers.wgsl||new or,t.defaultShaderAssemblers.wgsl):(t.defaultShaderAssemblers.glsl=t.defaultShaderAssemblers.glsl||new Bn,t.defaultShaderAssemblers.glsl)}addDefaultModule(e){this._defaultModules.find(r=>r.name===(typeof e=="string"?e:e.name))||this._defaultModules.push(e)}removeDefaultModule(e){let r=typeof e=="string"?e:e.name;this._defaultModules=this._defaultModules.filter(n=>n.name!==r)}addShaderHook(e,r){r&&(e=Object.assign(r,{hook:e})),this._hookFunctions.push(e)}_getModuleList(e=[]){let r=new Array(this._defaultModules.length+e.length),n={},i=0;for(let o=0,s=this._defaultModules.length;o<s;++o){let a=this._defaultModules[o],c=a.name;r[i++]=a,n[c]=!0}for(let o=0,s=e.length;o<s;++o){let a=e[o],c=a.name;n[c]||(r[i++]=a,n[c]=!0)}return r.length=i,Tn(r),r}},Bn=class extends je{shaderLanguage="glsl";assembleGLSLShaderPair(e){let r=this._getModuleList(e.modules),n=this._hookFunctions;return{...ub({...e,vs:e.vs,fs:e.fs,modules:r,hookFunctions:n}),modules:r}}},or=class t extends je{shaderLanguage="wgsl";_wgslBindingRegistry=new Map;assembleWGSLShader(e){let r=this._getModuleList(e.modules),n=this._hookFunctions,i=t.getShaderPreprocessorDefines(e,r),o=e.platformInfo.shaderLanguage==="wgsl"&&e.source?$r(e.source,{defines:i}):e.source,{source:s,getUniforms:a,bindingAssignments:c}=lb({...e,source:o,defines:i,_bindingRegistry:this._wgslBindingRegistry,modules:r,hookFunctions:n}),l=e.platformInfo.shaderLanguage==="wgsl"?$r(s,{defines:i}):s;return{source:l,getUniforms:a,modules:r,bindingAssignments:c,bindingTable:Xa(l,c),shaderLayout:Ea(l,{vertexEntryPoint:e.vertexEntryPoint,scanVertexAttributes:e.scanVertexAttributes})}}static getShaderPreprocessorDefines(e,r){return{...t.getPlatformPreprocessorDefines(e.platformInfo),...r.reduce((n,i)=>(Object.assign(n,i.defines),n),{}),...e.defines}}static getPlatformPreprocessorDefines(e){let r=e.limits||{};return{LUMA_SUPPORTS_VERTEX_STORAGE_BUFFERS:e.type==="webgpu"&&(r.maxStorageBuffersInVertexStage||0)>0,LUMA_FP32_TAN_PRECISION_WORKAROUND:e.type==="webgpu"&&e.gpu.toLowerCase()!=="nvidia"&&e.gpu.toLowerCase()!=="amd",LUMA_FP64_INTEGER_ARITHMETIC:e.type==="webgpu"&&e.gpu.toLowerCase()==="apple"}}}});function Ad(t){let{input:e,inputChannels:r,output:n}=t||{};if(!e)return XL;if(!r)throw new Error("inputChannels");let i=ZL(r),o=_b(e,r);return`#version 300 es
in ${i} ${e};
out vec4 ${n};
void main() {
  ${n} = ${o};
}`}function ZL(t){switch(t){case 1:return"float";case 2:return"vec2";case 3:return"vec3";case 4:return"vec4";default:throw new Error(`invalid channels: ${t}`)}}function _b(t,e){switch(e){case 1:return`vec4(${t}, 0.0, 0.0, 1.0)`;case 2:return`vec4(${t}, 0.0, 1.0)`;case 3:return`vec4(${t}, 1.0)`;case 4:return t;default:throw new Error(`invalid channels: ${e}`)}}var qL,XL,yb=_(()=>{qL=`out vec4 transform_output;
void main() {
  transform_output = vec4(0);
}`,XL=`#version 300 es
${qL}`});function Cd(t,{precision:e=se.precision}={}){return t=QL(t),`${parseFloat(t.toPrecision(e))}`}function Ut(t){return Array.isArray(t)||ArrayBuffer.isView(t)&&!(t instanceof DataView)}function Te(t,e,r){return eA(t,n=>Math.max(e,Math.min(r,n)))}function Gt(t,e,r){return Ut(t)?t.map((n,i)=>Gt(n,e[i],r)):r*e+(1-r)*t}function yt(t,e,r){let n=se.EPSILON;r&&(se.EPSILON=r);try{if(t===e)return!0;if(Ut(t)&&Ut(e)){if(t.length!==e.length)return!1;for(let i=0;i<t.length;++i)if(!yt(t[i],e[i]))return!1;return!0}return t&&t.equals?t.equals(e):e&&e.equals?e.equals(t):typeof t=="number"&&typeof e=="number"?Math.abs(t-e)<=se.EPSILON*Math.max(1,Math.abs(t),Math.abs(e)):!1}finally{se.EPSILON=n}}function QL(t){return Math.round(t/se.EPSILON)*se.EPSILON}function JL(t){return t.clone?t.clone():new Array(t.length)}function eA(t,e,r){if(Ut(t)){let n=t;r=r||JL(n);for(let i=0;i<r.length&&i<n.length;++i){let o=typeof t=="number"?t:t[i];r[i]=e(o,i,r)}return r}return e(t)}var hj,pj,KL,se,On=_(()=>{hj=1/Math.PI*180,pj=1/180*Math.PI,KL={EPSILON:1e-12,debug:!1,precision:4,printTypes:!1,printDegrees:!1,printRowMajor:!0,_cartographicRadians:!1};globalThis.mathgl=globalThis.mathgl||{config:{...KL}};se=globalThis.mathgl.config});var kn,Md=_(()=>{On();kn=class extends Array{clone(){return new this.constructor().copy(this)}fromArray(e,r=0){for(let n=0;n<this.ELEMENTS;++n)this[n]=e[n+r];return this.check()}toArray(e=[],r=0){for(let n=0;n<this.ELEMENTS;++n)e[r+n]=this[n];return e}toObject(e){return e}from(e){return Array.isArray(e)?this.copy(e):this.fromObject(e)}to(e){return e===this?this:Ut(e)?this.toArray(e):this.toObject(e)}toTarget(e){return e?this.to(e):this}toFloat32Array(){return new Float32Array(this)}toString(){return this.formatString(se)}formatString(e){let r="";for(let n=0;n<this.ELEMENTS;++n)r+=(n>0?", ":"")+Cd(this[n],e);return`${e.printTypes?this.constructor.name:""}[${r}]`}equals(e){if(!e||this.length!==e.length)return!1;for(let r=0;r<this.ELEMENTS;++r)if(!yt(this[r],e[r]))return!1;return!0}exactEquals(e){if(!e||this.length!==e.length)return!1;for(let r=0;r<this.ELEMENTS;++r)if(this[r]!==e[r])return!1;return!0}negate(){for(let e=0;e<this.ELEMENTS;++e)this[e]=-this[e];return this.check()}lerp(e,r,n){if(n===void 0)return this.lerp(this,e,r);for(let i=0;i<this.ELEMENTS;++i){let o=e[i],s=typeof r=="number"?r:r[i];this[i]=o+n*(s-o)}return this.check()}min(e){for(let r=0;r<this.ELEMENTS;++r)this[r]=Math.min(e[r],this[r]);return this.check()}max(e){for(let r=0;r<this.ELEMENTS;++r)this[r]=Math.max(e[r],this[r]);return this.check()}clamp(e,r){for(let n=0;n<this.ELEMENTS;++n)this[n]=Math.min(Math.max(this[n],e[n]),r[n]);return this.check()}add(...e){for(let r of e)for(let n=0;n<this.ELEMENTS;++n)this[n]+=r[n];return this.check()}subtract(...e){for(let r of e)for(let n=0;n<this.ELEMENTS;++n)this[n]-=r[n];return this.check()}scale(e){if(typeof e=="number")for(let r=0;r<this.ELEMENTS;++r)this[r]*=e;else for(let r=0;r<this.ELEMENTS&&r<e.length;++r)this[r]*=e[r];return this.check()}multiplyByScalar(e){for(let r=0;r<this.ELEMENTS;++r)this[r]*=e;return this.check()}check(){if(se.debug&&!this.validate())throw new Error(`math.gl: ${this.constructor.name} some fields set to invalid numbers'`);return this}validate(){let e=this.length===this.ELEMENTS;for(let r=0;r<this.ELEMENTS;++r)e=e&&Number.isFinite(this[r]);return e}sub(e){return this.subtract(e)}setScalar(e){for(let r=0;r<this.ELEMENTS;++r)this[r]=e;return this.check()}addScalar(e){for(let r=0;r<this.ELEMENTS;++r)this[r]+=e;return this.check()}subScalar(e){return this.addScalar(-e)}multiplyScalar(e){for(let r=0;r<this.ELEMENTS;++r)this[r]*=e;return this.check()}divideScalar(e){return this.multiplyByScalar(1/e)}clampScalar(e,r){for(let n=0;n<this.ELEMENTS;++n)this[n]=Math.min(Math.max(this[n],e),r);return this.check()}get elements(){return this}}});function tA(t,e){if(t.length!==e)return!1;for(let r=0;r<t.length;++r)if(!Number.isFinite(t[r]))return!1;return!0}function de(t){if(!Number.isFinite(t))throw new Error(`Invalid number ${JSON.stringify(t)}`);return t}function tc(t,e,r=""){if(se.debug&&!tA(t,e))throw new Error(`math.gl: ${r} some fields set to invalid numbers'`);return t}var vo=_(()=>{On()});function Id(t,e){if(!t)throw new Error(`math.gl assertion ${e}`)}var bb=_(()=>{});var rc,xb=_(()=>{Md();vo();bb();rc=class extends kn{get x(){return this[0]}set x(e){this[0]=de(e)}get y(){return this[1]}set y(e){this[1]=de(e)}len(){return Math.sqrt(this.lengthSquared())}magnitude(){return this.len()}lengthSquared(){let e=0;for(let r=0;r<this.ELEMENTS;++r)e+=this[r]*this[r];return e}magnitudeSquared(){return this.lengthSquared()}distance(e){return Math.sqrt(this.distanceSquared(e))}distanceSquared(e){let r=0;for(let n=0;n<this.ELEMENTS;++n){let i=this[n]-e[n];r+=i*i}return de(r)}dot(e){let r=0;for(let n=0;n<this.ELEMENTS;++n)r+=this[n]*e[n];return de(r)}normalize(){let e=this.magnitude();if(e!==0)for(let r=0;r<this.ELEMENTS;++r)this[r]/=e;return this.check()}multiply(...e){for(let r of e)for(let n=0;n<this.ELEMENTS;++n)this[n]*=r[n];return this.check()}divide(...e){for(let r of e)for(let n=0;n<this.ELEMENTS;++n)this[n]/=r[n];return this.check()}lengthSq(){return this.lengthSquared()}distanceTo(e){return this.distance(e)}distanceToSquared(e){return this.distanceSquared(e)}getComponent(e){return Id(e>=0&&e<this.ELEMENTS,"index is out of range"),de(this[e])}setComponent(e,r){return Id(e>=0&&e<this.ELEMENTS,"index is out of range"),this[e]=r,this.check()}addVectors(e,r){return this.copy(e).add(r)}subVectors(e,r){return this.copy(e).subtract(r)}multiplyVectors(e,r){return this.copy(e).multiply(r)}addScaledVector(e,r){return this.add(new this.constructor(e).multiplyScalar(r))}}});function He(t){return t>=0?Math.round(t):t%.5===0?Math.floor(t):Math.round(t)}var W,bt,Tj,Vr=_(()=>{W=typeof Float32Array<"u"?Float32Array:Array,bt=Math.random;Tj=Math.PI/180});var he={};Ot(he,{add:()=>sA,angle:()=>TA,ceil:()=>aA,clone:()=>rA,copy:()=>iA,create:()=>wb,cross:()=>yA,dist:()=>OA,distance:()=>Tb,div:()=>BA,divide:()=>Sb,dot:()=>_A,equals:()=>CA,exactEquals:()=>AA,floor:()=>cA,forEach:()=>NA,fromValues:()=>nA,inverse:()=>mA,len:()=>MA,length:()=>Lb,lerp:()=>bA,max:()=>uA,min:()=>lA,mul:()=>RA,multiply:()=>Eb,negate:()=>pA,normalize:()=>gA,random:()=>xA,rotate:()=>SA,round:()=>fA,scale:()=>dA,scaleAndAdd:()=>hA,set:()=>oA,sqrDist:()=>kA,sqrLen:()=>DA,squaredDistance:()=>Pb,squaredLength:()=>Ab,str:()=>LA,sub:()=>IA,subtract:()=>vb,transformMat2:()=>wA,transformMat2d:()=>vA,transformMat3:()=>EA,transformMat4:()=>Rd,zero:()=>PA});function wb(){let t=new W(2);return W!=Float32Array&&(t[0]=0,t[1]=0),t}function rA(t){let e=new W(2);return e[0]=t[0],e[1]=t[1],e}function nA(t,e){let r=new W(2);return r[0]=t,r[1]=e,r}function iA(t,e){return t[0]=e[0],t[1]=e[1],t}function oA(t,e,r){return t[0]=e,t[1]=r,t}function sA(t,e,r){return t[0]=e[0]+r[0],t[1]=e[1]+r[1],t}function vb(t,e,r){return t[0]=e[0]-r[0],t[1]=e[1]-r[1],t}function Eb(t,e,r){return t[0]=e[0]*r[0],t[1]=e[1]*r[1],t}function Sb(t,e,r){return t[0]=e[0]/r[0],t[1]=e[1]/r[1],t}function aA(t,e){return t[0]=Math.ceil(e[0]),t[1]=Math.ceil(e[1]),t}function cA(t,e){return t[0]=Math.floor(e[0]),t[1]=Math.floor(e[1]),t}function lA(t,e,r){return t[0]=Math.min(e[0],r[0]),t[1]=Math.min(e[1],r[1]),t}function uA(t,e,r){return t[0]=Math.max(e[0],r[0]),t[1]=Math.max(e[1],r[1]),t}function fA(t,e){return t[0]=He(e[0]),t[1]=He(e[1]),t}function dA(t,e,r){return t[0]=e[0]*r,t[1]=e[1]*r,t}function hA(t,e,r,n){return t[0]=e[0]+r[0]*n,t[1]=e[1]+r[1]*n,t}function Tb(t,e){let r=e[0]-t[0],n=e[1]-t[1];return Math.sqrt(r*r+n*n)}function Pb(t,e){let r=e[0]-t[0],n=e[1]-t[1];return r*r+n*n}function Lb(t){let e=t[0],r=t[1];return Math.sqrt(e*e+r*r)}function Ab(t){let e=t[0],r=t[1];return e*e+r*r}function pA(t,e){return t[0]=-e[0],t[1]=-e[1],t}function mA(t,e){return t[0]=1/e[0],t[1]=1/e[1],t}function gA(t,e){let r=e[0],n=e[1],i=r*r+n*n;return i>0&&(i=1/Math.sqrt(i)),t[0]=e[0]*i,t[1]=e[1]*i,t}function _A(t,e){return t[0]*e[0]+t[1]*e[1]}function yA(t,e,r){let n=e[0]*r[1]-e[1]*r[0];return t[0]=t[1]=0,t[2]=n,t}function bA(t,e,r,n){let i=e[0],o=e[1];return t[0]=i+n*(r[0]-i),t[1]=o+n*(r[1]-o),t}function xA(t,e){e=e===void 0?1:e;let r=bt()*2*Math.PI;return t[0]=Math.cos(r)*e,t[1]=Math.sin(r)*e,t}function wA(t,e,r){let n=e[0],i=e[1];return t[0]=r[0]*n+r[2]*i,t[1]=r[1]*n+r[3]*i,t}function vA(t,e,r){let n=e[0],i=e[1];return t[0]=r[0]*n+r[2]*i+r[4],t[1]=r[1]*n+r[3]*i+r[5],t}function EA(t,e,r){let n=e[0],i=e[1];return t[0]=r[0]*n+r[3]*i+r[6],t[1]=r[1]*n+r[4]*i+r[7],t}function Rd(t,e,r){let n=e[0],i=e[1];return t[0]=r[0]*n+r[4]*i+r[12],t[1]=r[1]*n+r[5]*i+r[13],t}function SA(t,e,r,n){let i=e[0]-r[0],o=e[1]-r[1],s=Math.sin(n),a=Math.cos(n);return t[0]=i*a-o*s+r[0],t[1]=i*s+o*a+r[1],t}function TA(t,e){let r=t[0],n=t[1],i=e[0],o=e[1],s=Math.sqrt((r*r+n*n)*(i*i+o*o)),a=s&&(r*i+n*o)/s;return Math.acos(Math.min(Math.max(a,-1),1))}function PA(t){return t[0]=0,t[1]=0,t}function LA(t){return`vec2(${t[0]}, ${t[1]})`}function AA(t,e){return t[0]===e[0]&&t[1]===e[1]}function CA(t,e){let r=t[0],n=t[1],i=e[0],o=e[1];return Math.abs(r-i)<=1e-6*Math.max(1,Math.abs(r),Math.abs(i))&&Math.abs(n-o)<=1e-6*Math.max(1,Math.abs(n),Math.abs(o))}var MA,IA,RA,BA,OA,kA,DA,NA,Bd=_(()=>{Vr();MA=Lb,IA=vb,RA=Eb,BA=Sb,OA=Tb,kA=Pb,DA=Ab,NA=(function(){let t=wb();return function(e,r,n,i,o,s){let a,c;for(r||(r=2),n||(n=0),i?c=Math.min(i*r+n,e.length):c=e.length,a=n;a<c;a+=r)t[0]=e[a],t[1]=e[a+1],o(t,t,s),e[a]=t[0],e[a+1]=t[1];return e}})()});function Cb(t,e,r){let n=e[0],i=e[1],o=r[3]*n+r[7]*i||1;return t[0]=(r[0]*n+r[4]*i)/o,t[1]=(r[1]*n+r[5]*i)/o,t}function nc(t,e,r){let n=e[0],i=e[1],o=e[2],s=r[3]*n+r[7]*i+r[11]*o||1;return t[0]=(r[0]*n+r[4]*i+r[8]*o)/s,t[1]=(r[1]*n+r[5]*i+r[9]*o)/s,t[2]=(r[2]*n+r[6]*i+r[10]*o)/s,t}function Mb(t,e,r){let n=e[0],i=e[1];return t[0]=r[0]*n+r[2]*i,t[1]=r[1]*n+r[3]*i,t[2]=e[2],t}var Od=_(()=>{});var jr={};Ot(jr,{add:()=>$A,angle:()=>$d,bezier:()=>eC,ceil:()=>zA,clone:()=>FA,copy:()=>UA,create:()=>ic,cross:()=>Wr,dist:()=>lC,distance:()=>kb,div:()=>cC,divide:()=>Ob,dot:()=>Eo,equals:()=>oC,exactEquals:()=>iC,floor:()=>VA,forEach:()=>dC,fromValues:()=>oc,hermite:()=>JA,inverse:()=>ZA,len:()=>zd,length:()=>Ib,lerp:()=>KA,max:()=>jA,min:()=>WA,mul:()=>aC,multiply:()=>Bb,negate:()=>XA,normalize:()=>kd,random:()=>tC,rotateX:()=>Fd,rotateY:()=>Ud,rotateZ:()=>Gd,round:()=>HA,scale:()=>YA,scaleAndAdd:()=>qA,set:()=>GA,slerp:()=>QA,sqrDist:()=>uC,sqrLen:()=>fC,squaredDistance:()=>Db,squaredLength:()=>Nb,str:()=>nC,sub:()=>sC,subtract:()=>Rb,transformMat3:()=>Dd,transformMat4:()=>So,transformQuat:()=>Nd,zero:()=>rC});function ic(){let t=new W(3);return W!=Float32Array&&(t[0]=0,t[1]=0,t[2]=0),t}function FA(t){let e=new W(3);return e[0]=t[0],e[1]=t[1],e[2]=t[2],e}function Ib(t){let e=t[0],r=t[1],n=t[2];return Math.sqrt(e*e+r*r+n*n)}function oc(t,e,r){let n=new W(3);return n[0]=t,n[1]=e,n[2]=r,n}function UA(t,e){return t[0]=e[0],t[1]=e[1],t[2]=e[2],t}function GA(t,e,r,n){return t[0]=e,t[1]=r,t[2]=n,t}function $A(t,e,r){return t[0]=e[0]+r[0],t[1]=e[1]+r[1],t[2]=e[2]+r[2],t}function Rb(t,e,r){return t[0]=e[0]-r[0],t[1]=e[1]-r[1],t[2]=e[2]-r[2],t}function Bb(t,e,r){return t[0]=e[0]*r[0],t[1]=e[1]*r[1],t[2]=e[2]*r[2],t}function Ob(t,e,r){return t[0]=e[0]/r[0],t[1]=e[1]/r[1],t[2]=e[2]/r[2],t}function zA(t,e){return t[0]=Math.ceil(e[0]),t[1]=Math.ceil(e[1]),t[2]=Math.ceil(e[2]),t}function VA(t,e){return t[0]=Math.floor(e[0]),t[1]=Math.floor(e[1]),t[2]=Math.floor(e[2]),t}function WA(t,e,r){return t[0]=Math.min(e[0],r[0]),t[1]=Math.min(e[1],r[1]),t[2]=Math.min(e[2],r[2]),t}function jA(t,e,r){return t[0]=Math.max(e[0],r[0]),t[1]=Math.max(e[1],r[1]),t[2]=Math.max(e[2],r[2]),t}function HA(t,e){return t[0]=He(e[0]),t[1]=He(e[1]),t[2]=He(e[2]),t}function YA(t,e,r){return t[0]=e[0]*r,t[1]=e[1]*r,t[2]=e[2]*r,t}function qA(t,e,r,n){return t[0]=e[0]+r[0]*n,t[1]=e[1]+r[1]*n,t[2]=e[2]+r[2]*n,t}function kb(t,e){let r=e[0]-t[0],n=e[1]-t[1],i=e[2]-t[2];return Math.sqrt(r*r+n*n+i*i)}function Db(t,e){let r=e[0]-t[0],n=e[1]-t[1],i=e[2]-t[2];return r*r+n*n+i*i}function Nb(t){let e=t[0],r=t[1],n=t[2];return e*e+r*r+n*n}function XA(t,e){return t[0]=-e[0],t[1]=-e[1],t[2]=-e[2],t}function ZA(t,e){return t[0]=1/e[0],t[1]=1/e[1],t[2]=1/e[2],t}function kd(t,e){let r=e[0],n=e[1],i=e[2],o=r*r+n*n+i*i;return o>0&&(o=1/Math.sqrt(o)),t[0]=e[0]*o,t[1]=e[1]*o,t[2]=e[2]*o,t}function Eo(t,e){return t[0]*e[0]+t[1]*e[1]+t[2]*e[2]}function Wr(t,e,r){let n=e[0],i=e[1],o=e[2],s=r[0],a=r[1],c=r[2];return t[0]=i*c-o*a,t[1]=o*s-n*c,t[2]=n*a-i*s,t}function KA(t,e,r,n){let i=e[0],o=e[1],s=e[2];return t[0]=i+n*(r[0]-i),t[1]=o+n*(r[1]-o),t[2]=s+n*(r[2]-s),t}function QA(t,e,r,n){let i=Math.acos(Math.min(Math.max(Eo(e,r),-1),1)),o=Math.sin(i),s=Math.sin((1-n)*i)/o,a=Math.sin(n*i)/o;return t[0]=s*e[0]+a*r[0],t[1]=s*e[1]+a*r[1],t[2]=s*e[2]+a*r[2],t}function JA(t,e,r,n,i,o){let s=o*o,a=s*(2*o-3)+1,c=s*(o-2)+o,l=s*(o-1),u=s*(3-2*o);return t[0]=e[0]*a+r[0]*c+n[0]*l+i[0]*u,t[1]=e[1]*a+r[1]*c+n[1]*l+i[1]*u,t[2]=e[2]*a+r[2]*c+n[2]*l+i[2]*u,t}function eC(t,e,r,n,i,o){let s=1-o,a=s*s,c=o*o,l=a*s,u=3*o*a,f=3*c*s,d=c*o;return t[0]=e[0]*l+r[0]*u+n[0]*f+i[0]*d,t[1]=e[1]*l+r[1]*u+n[1]*f+i[1]*d,t[2]=e[2]*l+r[2]*u+n[2]*f+i[2]*d,t}function tC(t,e){e=e===void 0?1:e;let r=bt()*2*Math.PI,n=bt()*2-1,i=Math.sqrt(1-n*n)*e;return t[0]=Math.cos(r)*i,t[1]=Math.sin(r)*i,t[2]=n*e,t}function So(t,e,r){let n=e[0],i=e[1],o=e[2],s=r[3]*n+r[7]*i+r[11]*o+r[15];return s=s||1,t[0]=(r[0]*n+r[4]*i+r[8]*o+r[12])/s,t[1]=(r[1]*n+r[5]*i+r[9]*o+r[13])/s,t[2]=(r[2]*n+r[6]*i+r[10]*o+r[14])/s,t}function Dd(t,e,r){let n=e[0],i=e[1],o=e[2];return t[0]=n*r[0]+i*r[3]+o*r[6],t[1]=n*r[1]+i*r[4]+o*r[7],t[2]=n*r[2]+i*r[5]+o*r[8],t}function Nd(t,e,r){let n=r[0],i=r[1],o=r[2],s=r[3],a=e[0],c=e[1],l=e[2],u=i*l-o*c,f=o*a-n*l,d=n*c-i*a,h=i*d-o*f,p=o*u-n*d,g=n*f-i*u,m=s*2;return u*=m,f*=m,d*=m,h*=2,p*=2,g*=2,t[0]=a+u+h,t[1]=c+f+p,t[2]=l+d+g,t}function Fd(t,e,r,n){let i=[],o=[];return i[0]=e[0]-r[0],i[1]=e[1]-r[1],i[2]=e[2]-r[2],o[0]=i[0],o[1]=i[1]*Math.cos(n)-i[2]*Math.sin(n),o[2]=i[1]*Math.sin(n)+i[2]*Math.cos(n),t[0]=o[0]+r[0],t[1]=o[1]+r[1],t[2]=o[2]+r[2],t}function Ud(t,e,r,n){let i=[],o=[];return i[0]=e[0]-r[0],i[1]=e[1]-r[1],i[2]=e[2]-r[2],o[0]=i[2]*Math.sin(n)+i[0]*Math.cos(n),o[1]=i[1],o[2]=i[2]*Math.cos(n)-i[0]*Math.sin(n),t[0]=o[0]+r[0],t[1]=o[1]+r[1],t[2]=o[2]+r[2],t}function Gd(t,e,r,n){let i=[],o=[];return i[0]=e[0]-r[0],i[1]=e[1]-r[1],i[2]=e[2]-r[2],o[0]=i[0]*Math.cos(n)-i[1]*Math.sin(n),o[1]=i[0]*Math.sin(n)+i[1]*Math.cos(n),o[2]=i[2],t[0]=o[0]+r[0],t[1]=o[1]+r[1],t[2]=o[2]+r[2],t}function $d(t,e){let r=t[0],n=t[1],i=t[2],o=e[0],s=e[1],a=e[2],c=Math.sqrt((r*r+n*n+i*i)*(o*o+s*s+a*a)),l=c&&Eo(t,e)/c;return Math.acos(Math.min(Math.max(l,-1),1))}function rC(t){return t[0]=0,t[1]=0,t[2]=0,t}function nC(t){return`vec3(${t[0]}, ${t[1]}, ${t[2]})`}function iC(t,e){return t[0]===e[0]&&t[1]===e[1]&&t[2]===e[2]}function oC(t,e){let r=t[0],n=t[1],i=t[2],o=e[0],s=e[1],a=e[2];return Math.abs(r-o)<=1e-6*Math.max(1,Math.abs(r),Math.abs(o))&&Math.abs(n-s)<=1e-6*Math.max(1,Math.abs(n),Math.abs(s))&&Math.abs(i-a)<=1e-6*Math.max(1,Math.abs(i),Math.abs(a))}var sC,aC,cC,lC,uC,zd,fC,dC,To=_(()=>{Vr();sC=Rb,aC=Bb,cC=Ob,lC=kb,uC=Db,zd=Ib,fC=Nb,dC=(function(){let t=ic();return function(e,r,n,i,o,s){let a,c;for(r||(r=3),n||(n=0),i?c=Math.min(i*r+n,e.length):c=e.length,a=n;a<c;a+=r)t[0]=e[a],t[1]=e[a+1],t[2]=e[a+2],o(t,t,s),e[a]=t[0],e[a+1]=t[1],e[a+2]=t[2];return e}})()});var Vd,sc,pe,Fb=_(()=>{xb();On();vo();To();Od();Vd=[0,0,0],pe=class t extends rc{static get ZERO(){return sc||(sc=new t(0,0,0),Object.freeze(sc)),sc}constructor(e=0,r=0,n=0){super(-0,-0,-0),arguments.length===1&&Ut(e)?this.copy(e):(se.debug&&(de(e),de(r),de(n)),this[0]=e,this[1]=r,this[2]=n)}set(e,r,n){return this[0]=e,this[1]=r,this[2]=n,this.check()}copy(e){return this[0]=e[0],this[1]=e[1],this[2]=e[2],this.check()}fromObject(e){return se.debug&&(de(e.x),de(e.y),de(e.z)),this[0]=e.x,this[1]=e.y,this[2]=e.z,this.check()}toObject(e){return e.x=this[0],e.y=this[1],e.z=this[2],e}get ELEMENTS(){return 3}get z(){return this[2]}set z(e){this[2]=de(e)}angle(e){return $d(this,e)}cross(e){return Wr(this,this,e),this.check()}rotateX({radians:e,origin:r=Vd}){return Fd(this,this,r,e),this.check()}rotateY({radians:e,origin:r=Vd}){return Ud(this,this,r,e),this.check()}rotateZ({radians:e,origin:r=Vd}){return Gd(this,this,r,e),this.check()}transform(e){return this.transformAsPoint(e)}transformAsPoint(e){return So(this,this,e),this.check()}transformAsVector(e){return nc(this,this,e),this.check()}transformByMatrix3(e){return Dd(this,this,e),this.check()}transformByMatrix2(e){return Mb(this,this,e),this.check()}transformByQuaternion(e){return Nd(this,this,e),this.check()}}});var ac,Ub=_(()=>{Md();vo();On();ac=class extends kn{toString(){let e="[";if(se.printRowMajor){e+="row-major:";for(let r=0;r<this.RANK;++r)for(let n=0;n<this.RANK;++n)e+=` ${this[n*this.RANK+r]}`}else{e+="column-major:";for(let r=0;r<this.ELEMENTS;++r)e+=` ${this[r]}`}return e+="]",e}getElementIndex(e,r){return r*this.RANK+e}getElement(e,r){return this[r*this.RANK+e]}setElement(e,r,n){return this[r*this.RANK+e]=de(n),this}getColumn(e,r=new Array(this.RANK).fill(-0)){let n=e*this.RANK;for(let i=0;i<this.RANK;++i)r[i]=this[n+i];return r}setColumn(e,r){let n=e*this.RANK;for(let i=0;i<this.RANK;++i)this[n+i]=r[i];return this}}});function Gb(){let t=new W(9);return W!=Float32Array&&(t[1]=0,t[2]=0,t[3]=0,t[5]=0,t[6]=0,t[7]=0),t[0]=1,t[4]=1,t[8]=1,t}var Wd=_(()=>{Vr()});var ne={};Ot(ne,{add:()=>NC,adjoint:()=>yC,clone:()=>pC,copy:()=>mC,create:()=>hC,decompose:()=>AC,determinant:()=>Yd,equals:()=>$C,exactEquals:()=>GC,frob:()=>DC,fromQuat:()=>eh,fromQuat2:()=>TC,fromRotation:()=>wC,fromRotationTranslation:()=>Vb,fromRotationTranslationScale:()=>CC,fromRotationTranslationScaleOrigin:()=>MC,fromScaling:()=>xC,fromTranslation:()=>bC,fromValues:()=>gC,fromXRotation:()=>vC,fromYRotation:()=>EC,fromZRotation:()=>SC,frustum:()=>th,getRotation:()=>LC,getScaling:()=>Wb,getTranslation:()=>PC,identity:()=>zb,invert:()=>Hd,lookAt:()=>ih,mul:()=>zC,multiply:()=>Po,multiplyScalar:()=>FC,multiplyScalarAndAdd:()=>UC,ortho:()=>nh,orthoNO:()=>Hb,orthoZO:()=>BC,perspective:()=>rh,perspectiveFromFieldOfView:()=>RC,perspectiveNO:()=>jb,perspectiveZO:()=>IC,rotate:()=>Zd,rotateX:()=>Kd,rotateY:()=>Qd,rotateZ:()=>Jd,scale:()=>Xd,set:()=>_C,str:()=>kC,sub:()=>VC,subtract:()=>Yb,targetTo:()=>OC,translate:()=>qd,transpose:()=>jd});function hC(){let t=new W(16);return W!=Float32Array&&(t[1]=0,t[2]=0,t[3]=0,t[4]=0,t[6]=0,t[7]=0,t[8]=0,t[9]=0,t[11]=0,t[12]=0,t[13]=0,t[14]=0),t[0]=1,t[5]=1,t[10]=1,t[15]=1,t}function pC(t){let e=new W(16);return e[0]=t[0],e[1]=t[1],e[2]=t[2],e[3]=t[3],e[4]=t[4],e[5]=t[5],e[6]=t[6],e[7]=t[7],e[8]=t[8],e[9]=t[9],e[10]=t[10],e[11]=t[11],e[12]=t[12],e[13]=t[13],e[14]=t[14],e[15]=t[15],e}function mC(t,e){return t[0]=e[0],t[1]=e[1],t[2]=e[2],t[3]=e[3],t[4]=e[4],t[5]=e[5],t[6]=e[6],t[7]=e[7],t[8]=e[8],t[9]=e[9],t[10]=e[10],t[11]=e[11],t[12]=e[12],t[13]=e[13],t[14]=e[14],t[15]=e[15],t}function gC(t,e,r,n,i,o,s,a,c,l,u,f,d,h,p,g){let m=new W(16);return m[0]=t,m[1]=e,m[2]=r,m[3]=n,m[4]=i,m[5]=o,m[6]=s,m[7]=a,m[8]=c,m[9]=l,m[10]=u,m[11]=f,m[12]=d,m[13]=h,m[14]=p,m[15]=g,m}function _C(t,e,r,n,i,o,s,a,c,l,u,f,d,h,p,g,m){return t[0]=e,t[1]=r,t[2]=n,t[3]=i,t[4]=o,t[5]=s,t[6]=a,t[7]=c,t[8]=l,t[9]=u,t[10]=f,t[11]=d,t[12]=h,t[13]=p,t[14]=g,t[15]=m,t}function zb(t){return t[0]=1,t[1]=0,t[2]=0,t[3]=0,t[4]=0,t[5]=1,t[6]=0,t[7]=0,t[8]=0,t[9]=0,t[10]=1,t[11]=0,t[12]=0,t[13]=0,t[14]=0,t[15]=1,t}function jd(t,e){if(t===e){let r=e[1],n=e[2],i=e[3],o=e[6],s=e[7],a=e[11];t[1]=e[4],t[2]=e[8],t[3]=e[12],t[4]=r,t[6]=e[9],t[7]=e[13],t[8]=n,t[9]=o,t[11]=e[14],t[12]=i,t[13]=s,t[14]=a}else t[0]=e[0],t[1]=e[4],t[2]=e[8],t[3]=e[12],t[4]=e[1],t[5]=e[5],t[6]=e[9],t[7]=e[13],t[8]=e[2],t[9]=e[6],t[10]=e[10],t[11]=e[14],t[12]=e[3],t[13]=e[7],t[14]=e[11],t[15]=e[15];return t}function Hd(t,e){let r=e[0],n=e[1],i=e[2],o=e[3],s=e[4],a=e[5],c=e[6],l=e[7],u=e[8],f=e[9],d=e[10],h=e[11],p=e[12],g=e[13],m=e[14],b=e[15],x=r*a-n*s,y=r*c-i*s,w=r*l-o*s,v=n*c-i*a,E=n*l-o*a,P=i*l-o*c,L=u*g-f*p,C=u*m-d*p,T=u*b-h*p,D=f*m-d*g,I=f*b-h*g,M=d*b-h*m,N=x*M-y*I+w*D+v*T-E*C+P*L;return N?(N=1/N,t[0]=(a*M-c*I+l*D)*N,t[1]=(i*I-n*M-o*D)*N,t[2]=(g*P-m*E+b*v)*N,t[3]=(d*E-f*P-h*v)*N,t[4]=(c*T-s*M-l*C)*N,t[5]=(r*M-i*T+o*C)*N,t[6]=(m*w-p*P-b*y)*N,t[7]=(u*P-d*w+h*y)*N,t[8]=(s*I-a*T+l*L)*N,t[9]=(n*T-r*I-o*L)*N,t[10]=(p*E-g*w+b*x)*N,t[11]=(f*w-u*E-h*x)*N,t[12]=(a*C-s*D-c*L)*N,t[13]=(r*D-n*C+i*L)*N,t[14]=(g*y-p*v-m*x)*N,t[15]=(u*v-f*y+d*x)*N,t):null}function yC(t,e){let r=e[0],n=e[1],i=e[2],o=e[3],s=e[4],a=e[5],c=e[6],l=e[7],u=e[8],f=e[9],d=e[10],h=e[11],p=e[12],g=e[13],m=e[14],b=e[15],x=r*a-n*s,y=r*c-i*s,w=r*l-o*s,v=n*c-i*a,E=n*l-o*a,P=i*l-o*c,L=u*g-f*p,C=u*m-d*p,T=u*b-h*p,D=f*m-d*g,I=f*b-h*g,M=d*b-h*m;return t[0]=a*M-c*I+l*D,t[1]=i*I-n*M-o*D,t[2]=g*P-m*E+b*v,t[3]=d*E-f*P-h*v,t[4]=c*T-s*M-l*C,t[5]=r*M-i*T+o*C,t[6]=m*w-p*P-b*y,t[7]=u*P-d*w+h*y,t[8]=s*I-a*T+l*L,t[9]=n*T-r*I-o*L,t[10]=p*E-g*w+b*x,t[11]=f*w-u*E-h*x,t[12]=a*C-s*D-c*L,t[13]=r*D-n*C+i*L,t[14]=g*y-p*v-m*x,t[15]=u*v-f*y+d*x,t}function Yd(t){let e=t[0],r=t[1],n=t[2],i=t[3],o=t[4],s=t[5],a=t[6],c=t[7],l=t[8],u=t[9],f=t[10],d=t[11],h=t[12],p=t[13],g=t[14],m=t[15],b=e*s-r*o,x=e*a-n*o,y=r*a-n*s,w=l*p-u*h,v=l*g-f*h,E=u*g-f*p,P=e*E-r*v+n*w,L=o*E-s*v+a*w,C=l*y-u*x+f*b,T=h*y-p*x+g*b;return c*P-i*L+m*C-d*T}function Po(t,e,r){let n=e[0],i=e[1],o=e[2],s=e[3],a=e[4],c=e[5],l=e[6],u=e[7],f=e[8],d=e[9],h=e[10],p=e[11],g=e[12],m=e[13],b=e[14],x=e[15],y=r[0],w=r[1],v=r[2],E=r[3];return t[0]=y*n+w*a+v*f+E*g,t[1]=y*i+w*c+v*d+E*m,t[2]=y*o+w*l+v*h+E*b,t[3]=y*s+w*u+v*p+E*x,y=r[4],w=r[5],v=r[6],E=r[7],t[4]=y*n+w*a+v*f+E*g,t[5]=y*i+w*c+v*d+E*m,t[6]=y*o+w*l+v*h+E*b,t[7]=y*s+w*u+v*p+E*x,y=r[8],w=r[9],v=r[10],E=r[11],t[8]=y*n+w*a+v*f+E*g,t[9]=y*i+w*c+v*d+E*m,t[10]=y*o+w*l+v*h+E*b,t[11]=y*s+w*u+v*p+E*x,y=r[12],w=r[13],v=r[14],E=r[15],t[12]=y*n+w*a+v*f+E*g,t[13]=y*i+w*c+v*d+E*m,t[14]=y*o+w*l+v*h+E*b,t[15]=y*s+w*u+v*p+E*x,t}function qd(t,e,r){let n=r[0],i=r[1],o=r[2],s,a,c,l,u,f,d,h,p,g,m,b;return e===t?(t[12]=e[0]*n+e[4]*i+e[8]*o+e[12],t[13]=e[1]*n+e[5]*i+e[9]*o+e[13],t[14]=e[2]*n+e[6]*i+e[10]*o+e[14],t[15]=e[3]*n+e[7]*i+e[11]*o+e[15]):(s=e[0],a=e[1],c=e[2],l=e[3],u=e[4],f=e[5],d=e[6],h=e[7],p=e[8],g=e[9],m=e[10],b=e[11],t[0]=s,t[1]=a,t[2]=c,t[3]=l,t[4]=u,t[5]=f,t[6]=d,t[7]=h,t[8]=p,t[9]=g,t[10]=m,t[11]=b,t[12]=s*n+u*i+p*o+e[12],t[13]=a*n+f*i+g*o+e[13],t[14]=c*n+d*i+m*o+e[14],t[15]=l*n+h*i+b*o+e[15]),t}function Xd(t,e,r){let n=r[0],i=r[1],o=r[2];return t[0]=e[0]*n,t[1]=e[1]*n,t[2]=e[2]*n,t[3]=e[3]*n,t[4]=e[4]*i,t[5]=e[5]*i,t[6]=e[6]*i,t[7]=e[7]*i,t[8]=e[8]*o,t[9]=e[9]*o,t[10]=e[10]*o,t[11]=e[11]*o,t[12]=e[12],t[13]=e[13],t[14]=e[14],t[15]=e[15],t}function Zd(t,e,r,n){let i=n[0],o=n[1],s=n[2],a=Math.sqrt(i*i+o*o+s*s),c,l,u,f,d,h,p,g,m,b,x,y,w,v,E,P,L,C,T,D,I,M,N,X;return a<1e-6?null:(a=1/a,i*=a,o*=a,s*=a,l=Math.sin(r),c=Math.cos(r),u=1-c,f=e[0],d=e[1],h=e[2],p=e[3],g=e[4],m=e[5],b=e[6],x=e[7],y=e[8],w=e[9],v=e[10],E=e[11],P=i*i*u+c,L=o*i*u+s*l,C=s*i*u-o*l,T=i*o*u-s*l,D=o*o*u+c,I=s*o*u+i*l,M=i*s*u+o*l,N=o*s*u-i*l,X=s*s*u+c,t[0]=f*P+g*L+y*C,t[1]=d*P+m*L+w*C,t[2]=h*P+b*L+v*C,t[3]=p*P+x*L+E*C,t[4]=f*T+g*D+y*I,t[5]=d*T+m*D+w*I,t[6]=h*T+b*D+v*I,t[7]=p*T+x*D+E*I,t[8]=f*M+g*N+y*X,t[9]=d*M+m*N+w*X,t[10]=h*M+b*N+v*X,t[11]=p*M+x*N+E*X,e!==t&&(t[12]=e[12],t[13]=e[13],t[14]=e[14],t[15]=e[15]),t)}function Kd(t,e,r){let n=Math.sin(r),i=Math.cos(r),o=e[4],s=e[5],a=e[6],c=e[7],l=e[8],u=e[9],f=e[10],d=e[11];return e!==t&&(t[0]=e[0],t[1]=e[1],t[2]=e[2],t[3]=e[3],t[12]=e[12],t[13]=e[13],t[14]=e[14],t[15]=e[15]),t[4]=o*i+l*n,t[5]=s*i+u*n,t[6]=a*i+f*n,t[7]=c*i+d*n,t[8]=l*i-o*n,t[9]=u*i-s*n,t[10]=f*i-a*n,t[11]=d*i-c*n,t}function Qd(t,e,r){let n=Math.sin(r),i=Math.cos(r),o=e[0],s=e[1],a=e[2],c=e[3],l=e[8],u=e[9],f=e[10],d=e[11];return e!==t&&(t[4]=e[4],t[5]=e[5],t[6]=e[6],t[7]=e[7],t[12]=e[12],t[13]=e[13],t[14]=e[14],t[15]=e[15]),t[0]=o*i-l*n,t[1]=s*i-u*n,t[2]=a*i-f*n,t[3]=c*i-d*n,t[8]=o*n+l*i,t[9]=s*n+u*i,t[10]=a*n+f*i,t[11]=c*n+d*i,t}function Jd(t,e,r){let n=Math.sin(r),i=Math.cos(r),o=e[0],s=e[1],a=e[2],c=e[3],l=e[4],u=e[5],f=e[6],d=e[7];return e!==t&&(t[8]=e[8],t[9]=e[9],t[10]=e[10],t[11]=e[11],t[12]=e[12],t[13]=e[13],t[14]=e[14],t[15]=e[15]),t[0]=o*i+l*n,t[1]=s*i+u*n,t[2]=a*i+f*n,t[3]=c*i+d*n,t[4]=l*i-o*n,t[5]=u*i-s*n,t[6]=f*i-a*n,t[7]=d*i-c*n,t}function bC(t,e){return t[0]=1,t[1]=0,t[2]=0,t[3]=0,t[4]=0,t[5]=1,t[6]=0,t[7]=0,t[8]=0,t[9]=0,t[10]=1,t[11]=0,t[12]=e[0],t[13]=e[1],t[14]=e[2],t[15]=1,t}function xC(t,e){return t[0]=e[0],t[1]=0,t[2]=0,t[3]=0,t[4]=0,t[5]=e[1],t[6]=0,t[7]=0,t[8]=0,t[9]=0,t[10]=e[2],t[11]=0,t[12]=0,t[13]=0,t[14]=0,t[15]=1,t}function wC(t,e,r){let n=r[0],i=r[1],o=r[2],s=Math.sqrt(n*n+i*i+o*o),a,c,l;return s<1e-6?null:(s=1/s,n*=s,i*=s,o*=s,c=Math.sin(e),a=Math.cos(e),l=1-a,t[0]=n*n*l+a,t[1]=i*n*l+o*c,t[2]=o*n*l-i*c,t[3]=0,t[4]=n*i*l-o*c,t[5]=i*i*l+a,t[6]=o*i*l+n*c,t[7]=0,t[8]=n*o*l+i*c,t[9]=i*o*l-n*c,t[10]=o*o*l+a,t[11]=0,t[12]=0,t[13]=0,t[14]=0,t[15]=1,t)}function vC(t,e){let r=Math.sin(e),n=Math.cos(e);return t[0]=1,t[1]=0,t[2]=0,t[3]=0,t[4]=0,t[5]=n,t[6]=r,t[7]=0,t[8]=0,t[9]=-r,t[10]=n,t[11]=0,t[12]=0,t[13]=0,t[14]=0,t[15]=1,t}function EC(t,e){let r=Math.sin(e),n=Math.cos(e);return t[0]=n,t[1]=0,t[2]=-r,t[3]=0,t[4]=0,t[5]=1,t[6]=0,t[7]=0,t[8]=r,t[9]=0,t[10]=n,t[11]=0,t[12]=0,t[13]=0,t[14]=0,t[15]=1,t}function SC(t,e){let r=Math.sin(e),n=Math.cos(e);return t[0]=n,t[1]=r,t[2]=0,t[3]=0,t[4]=-r,t[5]=n,t[6]=0,t[7]=0,t[8]=0,t[9]=0,t[10]=1,t[11]=0,t[12]=0,t[13]=0,t[14]=0,t[15]=1,t}function Vb(t,e,r){let n=e[0],i=e[1],o=e[2],s=e[3],a=n+n,c=i+i,l=o+o,u=n*a,f=n*c,d=n*l,h=i*c,p=i*l,g=o*l,m=s*a,b=s*c,x=s*l;return t[0]=1-(h+g),t[1]=f+x,t[2]=d-b,t[3]=0,t[4]=f-x,t[5]=1-(u+g),t[6]=p+m,t[7]=0,t[8]=d+b,t[9]=p-m,t[10]=1-(u+h),t[11]=0,t[12]=r[0],t[13]=r[1],t[14]=r[2],t[15]=1,t}function TC(t,e){let r=new W(3),n=-e[0],i=-e[1],o=-e[2],s=e[3],a=e[4],c=e[5],l=e[6],u=e[7],f=n*n+i*i+o*o+s*s;return f>0?(r[0]=(a*s+u*n+c*o-l*i)*2/f,r[1]=(c*s+u*i+l*n-a*o)*2/f,r[2]=(l*s+u*o+a*i-c*n)*2/f):(r[0]=(a*s+u*n+c*o-l*i)*2,r[1]=(c*s+u*i+l*n-a*o)*2,r[2]=(l*s+u*o+a*i-c*n)*2),Vb(t,e,r),t}function PC(t,e){return t[0]=e[12],t[1]=e[13],t[2]=e[14],t}function Wb(t,e){let r=e[0],n=e[1],i=e[2],o=e[4],s=e[5],a=e[6],c=e[8],l=e[9],u=e[10];return t[0]=Math.sqrt(r*r+n*n+i*i),t[1]=Math.sqrt(o*o+s*s+a*a),t[2]=Math.sqrt(c*c+l*l+u*u),t}function LC(t,e){let r=new W(3);Wb(r,e);let n=1/r[0],i=1/r[1],o=1/r[2],s=e[0]*n,a=e[1]*i,c=e[2]*o,l=e[4]*n,u=e[5]*i,f=e[6]*o,d=e[8]*n,h=e[9]*i,p=e[10]*o,g=s+u+p,m=0;return g>0?(m=Math.sqrt(g+1)*2,t[3]=.25*m,t[0]=(f-h)/m,t[1]=(d-c)/m,t[2]=(a-l)/m):s>u&&s>p?(m=Math.sqrt(1+s-u-p)*2,t[3]=(f-h)/m,t[0]=.25*m,t[1]=(a+l)/m,t[2]=(d+c)/m):u>p?(m=Math.sqrt(1+u-s-p)*2,t[3]=(d-c)/m,t[0]=(a+l)/m,t[1]=.25*m,t[2]=(f+h)/m):(m=Math.sqrt(1+p-s-u)*2,t[3]=(a-l)/m,t[0]=(d+c)/m,t[1]=(f+h)/m,t[2]=.25*m),t}function AC(t,e,r,n){e[0]=n[12],e[1]=n[13],e[2]=n[14];let i=n[0],o=n[1],s=n[2],a=n[4],c=n[5],l=n[6],u=n[8],f=n[9],d=n[10];r[0]=Math.sqrt(i*i+o*o+s*s),r[1]=Math.sqrt(a*a+c*c+l*l),r[2]=Math.sqrt(u*u+f*f+d*d);let h=1/r[0],p=1/r[1],g=1/r[2],m=i*h,b=o*p,x=s*g,y=a*h,w=c*p,v=l*g,E=u*h,P=f*p,L=d*g,C=m+w+L,T=0;return C>0?(T=Math.sqrt(C+1)*2,t[3]=.25*T,t[0]=(v-P)/T,t[1]=(E-x)/T,t[2]=(b-y)/T):m>w&&m>L?(T=Math.sqrt(1+m-w-L)*2,t[3]=(v-P)/T,t[0]=.25*T,t[1]=(b+y)/T,t[2]=(E+x)/T):w>L?(T=Math.sqrt(1+w-m-L)*2,t[3]=(E-x)/T,t[0]=(b+y)/T,t[1]=.25*T,t[2]=(v+P)/T):(T=Math.sqrt(1+L-m-w)*2,t[3]=(b-y)/T,t[0]=(E+x)/T,t[1]=(v+P)/T,t[2]=.25*T),t}function CC(t,e,r,n){let i=e[0],o=e[1],s=e[2],a=e[3],c=i+i,l=o+o,u=s+s,f=i*c,d=i*l,h=i*u,p=o*l,g=o*u,m=s*u,b=a*c,x=a*l,y=a*u,w=n[0],v=n[1],E=n[2];return t[0]=(1-(p+m))*w,t[1]=(d+y)*w,t[2]=(h-x)*w,t[3]=0,t[4]=(d-y)*v,t[5]=(1-(f+m))*v,t[6]=(g+b)*v,t[7]=0,t[8]=(h+x)*E,t[9]=(g-b)*E,t[10]=(1-(f+p))*E,t[11]=0,t[12]=r[0],t[13]=r[1],t[14]=r[2],t[15]=1,t}function MC(t,e,r,n,i){let o=e[0],s=e[1],a=e[2],c=e[3],l=o+o,u=s+s,f=a+a,d=o*l,h=o*u,p=o*f,g=s*u,m=s*f,b=a*f,x=c*l,y=c*u,w=c*f,v=n[0],E=n[1],P=n[2],L=i[0],C=i[1],T=i[2],D=(1-(g+b))*v,I=(h+w)*v,M=(p-y)*v,N=(h-w)*E,X=(1-(d+b))*E,Q=(m+x)*E,xe=(p+y)*P,Ii=(m-x)*P,vu=(1-(d+g))*P;return t[0]=D,t[1]=I,t[2]=M,t[3]=0,t[4]=N,t[5]=X,t[6]=Q,t[7]=0,t[8]=xe,t[9]=Ii,t[10]=vu,t[11]=0,t[12]=r[0]+L-(D*L+N*C+xe*T),t[13]=r[1]+C-(I*L+X*C+Ii*T),t[14]=r[2]+T-(M*L+Q*C+vu*T),t[15]=1,t}function eh(t,e){let r=e[0],n=e[1],i=e[2],o=e[3],s=r+r,a=n+n,c=i+i,l=r*s,u=n*s,f=n*a,d=i*s,h=i*a,p=i*c,g=o*s,m=o*a,b=o*c;return t[0]=1-f-p,t[1]=u+b,t[2]=d-m,t[3]=0,t[4]=u-b,t[5]=1-l-p,t[6]=h+g,t[7]=0,t[8]=d+m,t[9]=h-g,t[10]=1-l-f,t[11]=0,t[12]=0,t[13]=0,t[14]=0,t[15]=1,t}function th(t,e,r,n,i,o,s){let a=1/(r-e),c=1/(i-n),l=1/(o-s);return t[0]=o*2*a,t[1]=0,t[2]=0,t[3]=0,t[4]=0,t[5]=o*2*c,t[6]=0,t[7]=0,t[8]=(r+e)*a,t[9]=(i+n)*c,t[10]=(s+o)*l,t[11]=-1,t[12]=0,t[13]=0,t[14]=s*o*2*l,t[15]=0,t}function jb(t,e,r,n,i){let o=1/Math.tan(e/2);if(t[0]=o/r,t[1]=0,t[2]=0,t[3]=0,t[4]=0,t[5]=o,t[6]=0,t[7]=0,t[8]=0,t[9]=0,t[11]=-1,t[12]=0,t[13]=0,t[15]=0,i!=null&&i!==1/0){let s=1/(n-i);t[10]=(i+n)*s,t[14]=2*i*n*s}else t[10]=-1,t[14]=-2*n;return t}function IC(t,e,r,n,i){let o=1/Math.tan(e/2);if(t[0]=o/r,t[1]=0,t[2]=0,t[3]=0,t[4]=0,t[5]=o,t[6]=0,t[7]=0,t[8]=0,t[9]=0,t[11]=-1,t[12]=0,t[13]=0,t[15]=0,i!=null&&i!==1/0){let s=1/(n-i);t[10]=i*s,t[14]=i*n*s}else t[10]=-1,t[14]=-n;return t}function RC(t,e,r,n){let i=Math.tan(e.upDegrees*Math.PI/180),o=Math.tan(e.downDegrees*Math.PI/180),s=Math.tan(e.leftDegrees*Math.PI/180),a=Math.tan(e.rightDegrees*Math.PI/180),c=2/(s+a),l=2/(i+o);return t[0]=c,t[1]=0,t[2]=0,t[3]=0,t[4]=0,t[5]=l,t[6]=0,t[7]=0,t[8]=-((s-a)*c*.5),t[9]=(i-o)*l*.5,t[10]=n/(r-n),t[11]=-1,t[12]=0,t[13]=0,t[14]=n*r/(r-n),t[15]=0,t}function Hb(t,e,r,n,i,o,s){let a=1/(e-r),c=1/(n-i),l=1/(o-s);return t[0]=-2*a,t[1]=0,t[2]=0,t[3]=0,t[4]=0,t[5]=-2*c,t[6]=0,t[7]=0,t[8]=0,t[9]=0,t[10]=2*l,t[11]=0,t[12]=(e+r)*a,t[13]=(i+n)*c,t[14]=(s+o)*l,t[15]=1,t}function BC(t,e,r,n,i,o,s){let a=1/(e-r),c=1/(n-i),l=1/(o-s);return t[0]=-2*a,t[1]=0,t[2]=0,t[3]=0,t[4]=0,t[5]=-2*c,t[6]=0,t[7]=0,t[8]=0,t[9]=0,t[10]=l,t[11]=0,t[12]=(e+r)*a,t[13]=(i+n)*c,t[14]=o*l,t[15]=1,t}function ih(t,e,r,n){let i,o,s,a,c,l,u,f,d,h,p=e[0],g=e[1],m=e[2],b=n[0],x=n[1],y=n[2],w=r[0],v=r[1],E=r[2];return Math.abs(p-w)<1e-6&&Math.abs(g-v)<1e-6&&Math.abs(m-E)<1e-6?zb(t):(f=p-w,d=g-v,h=m-E,i=1/Math.sqrt(f*f+d*d+h*h),f*=i,d*=i,h*=i,o=x*h-y*d,s=y*f-b*h,a=b*d-x*f,i=Math.sqrt(o*o+s*s+a*a),i?(i=1/i,o*=i,s*=i,a*=i):(o=0,s=0,a=0),c=d*a-h*s,l=h*o-f*a,u=f*s-d*o,i=Math.sqrt(c*c+l*l+u*u),i?(i=1/i,c*=i,l*=i,u*=i):(c=0,l=0,u=0),t[0]=o,t[1]=c,t[2]=f,t[3]=0,t[4]=s,t[5]=l,t[6]=d,t[7]=0,t[8]=a,t[9]=u,t[10]=h,t[11]=0,t[12]=-(o*p+s*g+a*m),t[13]=-(c*p+l*g+u*m),t[14]=-(f*p+d*g+h*m),t[15]=1,t)}function OC(t,e,r,n){let i=e[0],o=e[1],s=e[2],a=n[0],c=n[1],l=n[2],u=i-r[0],f=o-r[1],d=s-r[2],h=u*u+f*f+d*d;h>0&&(h=1/Math.sqrt(h),u*=h,f*=h,d*=h);let p=c*d-l*f,g=l*u-a*d,m=a*f-c*u;return h=p*p+g*g+m*m,h>0&&(h=1/Math.sqrt(h),p*=h,g*=h,m*=h),t[0]=p,t[1]=g,t[2]=m,t[3]=0,t[4]=f*m-d*g,t[5]=d*p-u*m,t[6]=u*g-f*p,t[7]=0,t[8]=u,t[9]=f,t[10]=d,t[11]=0,t[12]=i,t[13]=o,t[14]=s,t[15]=1,t}function kC(t){return`mat4(${t[0]}, ${t[1]}, ${t[2]}, ${t[3]}, ${t[4]}, ${t[5]}, ${t[6]}, ${t[7]}, ${t[8]}, ${t[9]}, ${t[10]}, ${t[11]}, ${t[12]}, ${t[13]}, ${t[14]}, ${t[15]})`}function DC(t){return Math.sqrt(t[0]*t[0]+t[1]*t[1]+t[2]*t[2]+t[3]*t[3]+t[4]*t[4]+t[5]*t[5]+t[6]*t[6]+t[7]*t[7]+t[8]*t[8]+t[9]*t[9]+t[10]*t[10]+t[11]*t[11]+t[12]*t[12]+t[13]*t[13]+t[14]*t[14]+t[15]*t[15])}function NC(t,e,r){return t[0]=e[0]+r[0],t[1]=e[1]+r[1],t[2]=e[2]+r[2],t[3]=e[3]+r[3],t[4]=e[4]+r[4],t[5]=e[5]+r[5],t[6]=e[6]+r[6],t[7]=e[7]+r[7],t[8]=e[8]+r[8],t[9]=e[9]+r[9],t[10]=e[10]+r[10],t[11]=e[11]+r[11],t[12]=e[12]+r[12],t[13]=e[13]+r[13],t[14]=e[14]+r[14],t[15]=e[15]+r[15],t}function Yb(t,e,r){return t[0]=e[0]-r[0],t[1]=e[1]-r[1],t[2]=e[2]-r[2],t[3]=e[3]-r[3],t[4]=e[4]-r[4],t[5]=e[5]-r[5],t[6]=e[6]-r[6],t[7]=e[7]-r[7],t[8]=e[8]-r[8],t[9]=e[9]-r[9],t[10]=e[10]-r[10],t[11]=e[11]-r[11],t[12]=e[12]-r[12],t[13]=e[13]-r[13],t[14]=e[14]-r[14],t[15]=e[15]-r[15],t}function FC(t,e,r){return t[0]=e[0]*r,t[1]=e[1]*r,t[2]=e[2]*r,t[3]=e[3]*r,t[4]=e[4]*r,t[5]=e[5]*r,t[6]=e[6]*r,t[7]=e[7]*r,t[8]=e[8]*r,t[9]=e[9]*r,t[10]=e[10]*r,t[11]=e[11]*r,t[12]=e[12]*r,t[13]=e[13]*r,t[14]=e[14]*r,t[15]=e[15]*r,t}function UC(t,e,r,n){return t[0]=e[0]+r[0]*n,t[1]=e[1]+r[1]*n,t[2]=e[2]+r[2]*n,t[3]=e[3]+r[3]*n,t[4]=e[4]+r[4]*n,t[5]=e[5]+r[5]*n,t[6]=e[6]+r[6]*n,t[7]=e[7]+r[7]*n,t[8]=e[8]+r[8]*n,t[9]=e[9]+r[9]*n,t[10]=e[10]+r[10]*n,t[11]=e[11]+r[11]*n,t[12]=e[12]+r[12]*n,t[13]=e[13]+r[13]*n,t[14]=e[14]+r[14]*n,t[15]=e[15]+r[15]*n,t}function GC(t,e){return t[0]===e[0]&&t[1]===e[1]&&t[2]===e[2]&&t[3]===e[3]&&t[4]===e[4]&&t[5]===e[5]&&t[6]===e[6]&&t[7]===e[7]&&t[8]===e[8]&&t[9]===e[9]&&t[10]===e[10]&&t[11]===e[11]&&t[12]===e[12]&&t[13]===e[13]&&t[14]===e[14]&&t[15]===e[15]}function $C(t,e){let r=t[0],n=t[1],i=t[2],o=t[3],s=t[4],a=t[5],c=t[6],l=t[7],u=t[8],f=t[9],d=t[10],h=t[11],p=t[12],g=t[13],m=t[14],b=t[15],x=e[0],y=e[1],w=e[2],v=e[3],E=e[4],P=e[5],L=e[6],C=e[7],T=e[8],D=e[9],I=e[10],M=e[11],N=e[12],X=e[13],Q=e[14],xe=e[15];return Math.abs(r-x)<=1e-6*Math.max(1,Math.abs(r),Math.abs(x))&&Math.abs(n-y)<=1e-6*Math.max(1,Math.abs(n),Math.abs(y))&&Math.abs(i-w)<=1e-6*Math.max(1,Math.abs(i),Math.abs(w))&&Math.abs(o-v)<=1e-6*Math.max(1,Math.abs(o),Math.abs(v))&&Math.abs(s-E)<=1e-6*Math.max(1,Math.abs(s),Math.abs(E))&&Math.abs(a-P)<=1e-6*Math.max(1,Math.abs(a),Math.abs(P))&&Math.abs(c-L)<=1e-6*Math.max(1,Math.abs(c),Math.abs(L))&&Math.abs(l-C)<=1e-6*Math.max(1,Math.abs(l),Math.abs(C))&&Math.abs(u-T)<=1e-6*Math.max(1,Math.abs(u),Math.abs(T))&&Math.abs(f-D)<=1e-6*Math.max(1,Math.abs(f),Math.abs(D))&&Math.abs(d-I)<=1e-6*Math.max(1,Math.abs(d),Math.abs(I))&&Math.abs(h-M)<=1e-6*Math.max(1,Math.abs(h),Math.abs(M))&&Math.abs(p-N)<=1e-6*Math.max(1,Math.abs(p),Math.abs(N))&&Math.abs(g-X)<=1e-6*Math.max(1,Math.abs(g),Math.abs(X))&&Math.abs(m-Q)<=1e-6*Math.max(1,Math.abs(m),Math.abs(Q))&&Math.abs(b-xe)<=1e-6*Math.max(1,Math.abs(b),Math.abs(xe))}var rh,nh,zC,VC,oh=_(()=>{Vr();rh=jb;nh=Hb;zC=Po,VC=Yb});var Ke={};Ot(Ke,{add:()=>Jb,ceil:()=>WC,clone:()=>Xb,copy:()=>Kb,create:()=>qb,cross:()=>QC,dist:()=>aM,distance:()=>ix,div:()=>sM,divide:()=>rx,dot:()=>sx,equals:()=>nM,exactEquals:()=>cx,floor:()=>jC,forEach:()=>fM,fromValues:()=>Zb,inverse:()=>KC,len:()=>lM,length:()=>sh,lerp:()=>ax,max:()=>YC,min:()=>HC,mul:()=>oM,multiply:()=>tx,negate:()=>ZC,normalize:()=>ch,random:()=>JC,round:()=>qC,scale:()=>nx,scaleAndAdd:()=>XC,set:()=>Qb,sqrDist:()=>cM,sqrLen:()=>uM,squaredDistance:()=>ox,squaredLength:()=>ah,str:()=>rM,sub:()=>iM,subtract:()=>ex,transformMat4:()=>lh,transformQuat:()=>eM,zero:()=>tM});function qb(){let t=new W(4);return W!=Float32Array&&(t[0]=0,t[1]=0,t[2]=0,t[3]=0),t}function Xb(t){let e=new W(4);return e[0]=t[0],e[1]=t[1],e[2]=t[2],e[3]=t[3],e}function Zb(t,e,r,n){let i=new W(4);return i[0]=t,i[1]=e,i[2]=r,i[3]=n,i}function Kb(t,e){return t[0]=e[0],t[1]=e[1],t[2]=e[2],t[3]=e[3],t}function Qb(t,e,r,n,i){return t[0]=e,t[1]=r,t[2]=n,t[3]=i,t}function Jb(t,e,r){return t[0]=e[0]+r[0],t[1]=e[1]+r[1],t[2]=e[2]+r[2],t[3]=e[3]+r[3],t}function ex(t,e,r){return t[0]=e[0]-r[0],t[1]=e[1]-r[1],t[2]=e[2]-r[2],t[3]=e[3]-r[3],t}function tx(t,e,r){return t[0]=e[0]*r[0],t[1]=e[1]*r[1],t[2]=e[2]*r[2],t[3]=e[3]*r[3],t}function rx(t,e,r){return t[0]=e[0]/r[0],t[1]=e[1]/r[1],t[2]=e[2]/r[2],t[3]=e[3]/r[3],t}function WC(t,e){return t[0]=Math.ceil(e[0]),t[1]=Math.ceil(e[1]),t[2]=Math.ceil(e[2]),t[3]=Math.ceil(e[3]),t}function jC(t,e){return t[0]=Math.floor(e[0]),t[1]=Math.floor(e[1]),t[2]=Math.floor(e[2]),t[3]=Math.floor(e[3]),t}function HC(t,e,r){return t[0]=Math.min(e[0],r[0]),t[1]=Math.min(e[1],r[1]),t[2]=Math.min(e[2],r[2]),t[3]=Math.min(e[3],r[3]),t}function YC(t,e,r){return t[0]=Math.max(e[0],r[0]),t[1]=Math.max(e[1],r[1]),t[2]=Math.max(e[2],r[2]),t[3]=Math.max(e[3],r[3]),t}function qC(t,e){return t[0]=He(e[0]),t[1]=He(e[1]),t[2]=He(e[2]),t[3]=He(e[3]),t}function nx(t,e,r){return t[0]=e[0]*r,t[1]=e[1]*r,t[2]=e[2]*r,t[3]=e[3]*r,t}function XC(t,e,r,n){return t[0]=e[0]+r[0]*n,t[1]=e[1]+r[1]*n,t[2]=e[2]+r[2]*n,t[3]=e[3]+r[3]*n,t}function ix(t,e){let r=e[0]-t[0],n=e[1]-t[1],i=e[2]-t[2],o=e[3]-t[3];return Math.sqrt(r*r+n*n+i*i+o*o)}function ox(t,e){let r=e[0]-t[0],n=e[1]-t[1],i=e[2]-t[2],o=e[3]-t[3];return r*r+n*n+i*i+o*o}function sh(t){let e=t[0],r=t[1],n=t[2],i=t[3];return Math.sqrt(e*e+r*r+n*n+i*i)}function ah(t){let e=t[0],r=t[1],n=t[2],i=t[3];return e*e+r*r+n*n+i*i}function ZC(t,e){return t[0]=-e[0],t[1]=-e[1],t[2]=-e[2],t[3]=-e[3],t}function KC(t,e){return t[0]=1/e[0],t[1]=1/e[1],t[2]=1/e[2],t[3]=1/e[3],t}function ch(t,e){let r=e[0],n=e[1],i=e[2],o=e[3],s=r*r+n*n+i*i+o*o;return s>0&&(s=1/Math.sqrt(s)),t[0]=r*s,t[1]=n*s,t[2]=i*s,t[3]=o*s,t}function sx(t,e){return t[0]*e[0]+t[1]*e[1]+t[2]*e[2]+t[3]*e[3]}function QC(t,e,r,n){let i=r[0]*n[1]-r[1]*n[0],o=r[0]*n[2]-r[2]*n[0],s=r[0]*n[3]-r[3]*n[0],a=r[1]*n[2]-r[2]*n[1],c=r[1]*n[3]-r[3]*n[1],l=r[2]*n[3]-r[3]*n[2],u=e[0],f=e[1],d=e[2],h=e[3];return t[0]=f*l-d*c+h*a,t[1]=-(u*l)+d*s-h*o,t[2]=u*c-f*s+h*i,t[3]=-(u*a)+f*o-d*i,t}function ax(t,e,r,n){let i=e[0],o=e[1],s=e[2],a=e[3];return t[0]=i+n*(r[0]-i),t[1]=o+n*(r[1]-o),t[2]=s+n*(r[2]-s),t[3]=a+n*(r[3]-a),t}function JC(t,e){e=e===void 0?1:e;let r,n,i,o,s,a;do r=bt()*2-1,n=bt()*2-1,s=r*r+n*n;while(s>=1);do i=bt()*2-1,o=bt()*2-1,a=i*i+o*o;while(a>=1);let c=Math.sqrt((1-s)/a);return t[0]=e*r,t[1]=e*n,t[2]=e*i*c,t[3]=e*o*c,t}function lh(t,e,r){let n=e[0],i=e[1],o=e[2],s=e[3];return t[0]=r[0]*n+r[4]*i+r[8]*o+r[12]*s,t[1]=r[1]*n+r[5]*i+r[9]*o+r[13]*s,t[2]=r[2]*n+r[6]*i+r[10]*o+r[14]*s,t[3]=r[3]*n+r[7]*i+r[11]*o+r[15]*s,t}function eM(t,e,r){let n=e[0],i=e[1],o=e[2],s=r[0],a=r[1],c=r[2],l=r[3],u=l*n+a*o-c*i,f=l*i+c*n-s*o,d=l*o+s*i-a*n,h=-s*n-a*i-c*o;return t[0]=u*l+h*-s+f*-c-d*-a,t[1]=f*l+h*-a+d*-s-u*-c,t[2]=d*l+h*-c+u*-a-f*-s,t[3]=e[3],t}function tM(t){return t[0]=0,t[1]=0,t[2]=0,t[3]=0,t}function rM(t){return`vec4(${t[0]}, ${t[1]}, ${t[2]}, ${t[3]})`}function cx(t,e){return t[0]===e[0]&&t[1]===e[1]&&t[2]===e[2]&&t[3]===e[3]}function nM(t,e){let r=t[0],n=t[1],i=t[2],o=t[3],s=e[0],a=e[1],c=e[2],l=e[3];return Math.abs(r-s)<=1e-6*Math.max(1,Math.abs(r),Math.abs(s))&&Math.abs(n-a)<=1e-6*Math.max(1,Math.abs(n),Math.abs(a))&&Math.abs(i-c)<=1e-6*Math.max(1,Math.abs(i),Math.abs(c))&&Math.abs(o-l)<=1e-6*Math.max(1,Math.abs(o),Math.abs(l))}var iM,oM,sM,aM,cM,lM,uM,fM,cc=_(()=>{Vr();iM=ex,oM=tx,sM=rx,aM=ix,cM=ox,lM=sh,uM=ah,fM=(function(){let t=qb();return function(e,r,n,i,o,s){let a,c;for(r||(r=4),n||(n=0),i?c=Math.min(i*r+n,e.length):c=e.length,a=n;a<c;a+=r)t[0]=e[a],t[1]=e[a+1],t[2]=e[a+2],t[3]=e[a+3],o(t,t,s),e[a]=t[0],e[a+1]=t[1],e[a+2]=t[2],e[a+3]=t[3];return e}})()});function mM(){return lc||(lc=new ue([0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]),Object.freeze(lc)),lc}function gM(){return uc||(uc=new ue,Object.freeze(uc)),uc}function lx(t){if(t>Math.PI*2)throw Error("expected radians")}function _M(t,e,r,n,i,o){let s=2*o/(r-e),a=2*o/(i-n),c=(r+e)/(r-e),l=(i+n)/(i-n),u=-1,f=-1,d=-2*o;return t[0]=s,t[1]=0,t[2]=0,t[3]=0,t[4]=0,t[5]=a,t[6]=0,t[7]=0,t[8]=c,t[9]=l,t[10]=u,t[11]=f,t[12]=0,t[13]=0,t[14]=d,t[15]=0,t}var dh,dM,hM,uh,fh,pM,ue,lc,uc,ux=_(()=>{Ub();vo();Od();oh();Bd();To();cc();(function(t){t[t.COL0ROW0=0]="COL0ROW0",t[t.COL0ROW1=1]="COL0ROW1",t[t.COL0ROW2=2]="COL0ROW2",t[t.COL0ROW3=3]="COL0ROW3",t[t.COL1ROW0=4]="COL1ROW0",t[t.COL1ROW1=5]="COL1ROW1",t[t.COL1ROW2=6]="COL1ROW2",t[t.COL1ROW3=7]="COL1ROW3",t[t.COL2ROW0=8]="COL2ROW0",t[t.COL2ROW1=9]="COL2ROW1",t[t.COL2ROW2=10]="COL2ROW2",t[t.COL2ROW3=11]="COL2ROW3",t[t.COL3ROW0=12]="COL3ROW0",t[t.COL3ROW1=13]="COL3ROW1",t[t.COL3ROW2=14]="COL3ROW2",t[t.COL3ROW3=15]="COL3ROW3"})(dh||(dh={}));dM=45*Math.PI/180,hM=1,uh=.1,fh=500,pM=Object.freeze([1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]),ue=class extends ac{static get IDENTITY(){return gM()}static get ZERO(){return mM()}get ELEMENTS(){return 16}get RANK(){return 4}get INDICES(){return dh}constructor(e){super(-0,-0,-0,-0,-0,-0,-0,-0,-0,-0,-0,-0,-0,-0,-0,-0),arguments.length===1&&Array.isArray(e)?this.copy(e):this.identity()}copy(e){return this[0]=e[0],this[1]=e[1],this[2]=e[2],this[3]=e[3],this[4]=e[4],this[5]=e[5],this[6]=e[6],this[7]=e[7],this[8]=e[8],this[9]=e[9],this[10]=e[10],this[11]=e[11],this[12]=e[12],this[13]=e[13],this[14]=e[14],this[15]=e[15],this.check()}set(e,r,n,i,o,s,a,c,l,u,f,d,h,p,g,m){return this[0]=e,this[1]=r,this[2]=n,this[3]=i,this[4]=o,this[5]=s,this[6]=a,this[7]=c,this[8]=l,this[9]=u,this[10]=f,this[11]=d,this[12]=h,this[13]=p,this[14]=g,this[15]=m,this.check()}setRowMajor(e,r,n,i,o,s,a,c,l,u,f,d,h,p,g,m){return this[0]=e,this[1]=o,this[2]=l,this[3]=h,this[4]=r,this[5]=s,this[6]=u,this[7]=p,this[8]=n,this[9]=a,this[10]=f,this[11]=g,this[12]=i,this[13]=c,this[14]=d,this[15]=m,this.check()}toRowMajor(e){return e[0]=this[0],e[1]=this[4],e[2]=this[8],e[3]=this[12],e[4]=this[1],e[5]=this[5],e[6]=this[9],e[7]=this[13],e[8]=this[2],e[9]=this[6],e[10]=this[10],e[11]=this[14],e[12]=this[3],e[13]=this[7],e[14]=this[11],e[15]=this[15],e}identity(){return this.copy(pM)}fromObject(e){return this.check()}fromQuaternion(e){return eh(this,e),this.check()}frustum(e){let{left:r,right:n,bottom:i,top:o,near:s=uh,far:a=fh}=e;return a===1/0?_M(this,r,n,i,o,s):th(this,r,n,i,o,s,a),this.check()}lookAt(e){let{eye:r,center:n=[0,0,0],up:i=[0,1,0]}=e;return ih(this,r,n,i),this.check()}ortho(e){let{left:r,right:n,bottom:i,top:o,near:s=uh,far:a=fh}=e;return nh(this,r,n,i,o,s,a),this.check()}orthographic(e){let{fovy:r=dM,aspect:n=hM,focalDistance:i=1,near:o=uh,far:s=fh}=e;lx(r);let a=r/2,c=i*Math.tan(a),l=c*n;return this.ortho({left:-l,right:l,bottom:-c,top:c,near:o,far:s})}perspective(e){let{fovy:r=45*Math.PI/180,aspect:n=1,near:i=.1,far:o=500}=e;return lx(r),rh(this,r,n,i,o),this.check()}determinant(){return Yd(this)}getScale(e=[-0,-0,-0]){return e[0]=Math.sqrt(this[0]*this[0]+this[1]*this[1]+this[2]*this[2]),e[1]=Math.sqrt(this[4]*this[4]+this[5]*this[5]+this[6]*this[6]),e[2]=Math.sqrt(this[8]*this[8]+this[9]*this[9]+this[10]*this[10]),e}getTranslation(e=[-0,-0,-0]){return e[0]=this[12],e[1]=this[13],e[2]=this[14],e}getRotation(e,r){e=e||[-0,-0,-0,-0,-0,-0,-0,-0,-0,-0,-0,-0,-0,-0,-0,-0],r=r||[-0,-0,-0];let n=this.getScale(r),i=1/n[0],o=1/n[1],s=1/n[2];return e[0]=this[0]*i,e[1]=this[1]*o,e[2]=this[2]*s,e[3]=0,e[4]=this[4]*i,e[5]=this[5]*o,e[6]=this[6]*s,e[7]=0,e[8]=this[8]*i,e[9]=this[9]*o,e[10]=this[10]*s,e[11]=0,e[12]=0,e[13]=0,e[14]=0,e[15]=1,e}getRotationMatrix3(e,r){e=e||[-0,-0,-0,-0,-0,-0,-0,-0,-0],r=r||[-0,-0,-0];let n=this.getScale(r),i=1/n[0],o=1/n[1],s=1/n[2];return e[0]=this[0]*i,e[1]=this[1]*o,e[2]=this[2]*s,e[3]=this[4]*i,e[4]=this[5]*o,e[5]=this[6]*s,e[6]=this[8]*i,e[7]=this[9]*o,e[8]=this[10]*s,e}transpose(){return jd(this,this),this.check()}invert(){return Hd(this,this),this.check()}multiplyLeft(e){return Po(this,e,this),this.check()}multiplyRight(e){return Po(this,this,e),this.check()}rotateX(e){return Kd(this,this,e),this.check()}rotateY(e){return Qd(this,this,e),this.check()}rotateZ(e){return Jd(this,this,e),this.check()}rotateXYZ(e){return this.rotateX(e[0]).rotateY(e[1]).rotateZ(e[2])}rotateAxis(e,r){return Zd(this,this,e,r),this.check()}scale(e){return Xd(this,this,Array.isArray(e)?e:[e,e,e]),this.check()}translate(e){return qd(this,this,e),this.check()}transform(e,r){return e.length===4?(r=lh(r||[-0,-0,-0,-0],e,this),tc(r,4),r):this.transformAsPoint(e,r)}transformAsPoint(e,r){let{length:n}=e,i;switch(n){case 2:i=Rd(r||[-0,-0],e,this);break;case 3:i=So(r||[-0,-0,-0],e,this);break;default:throw new Error("Illegal vector")}return tc(i,e.length),i}transformAsVector(e,r){let n;switch(e.length){case 2:n=Cb(r||[-0,-0],e,this);break;case 3:n=nc(r||[-0,-0,-0],e,this);break;default:throw new Error("Illegal vector")}return tc(n,e.length),n}transformPoint(e,r){return this.transformAsPoint(e,r)}transformVector(e,r){return this.transformAsPoint(e,r)}transformDirection(e,r){return this.transformAsVector(e,r)}makeRotationX(e){return this.identity().rotateX(e)}makeTranslation(e,r,n){return this.identity().translate([e,r,n])}}});function fx(){let t=new W(4);return W!=Float32Array&&(t[0]=0,t[1]=0,t[2]=0),t[3]=1,t}function yM(t,e,r){r=r*.5;let n=Math.sin(r);return t[0]=n*e[0],t[1]=n*e[1],t[2]=n*e[2],t[3]=Math.cos(r),t}function hh(t,e,r,n){let i=e[0],o=e[1],s=e[2],a=e[3],c=r[0],l=r[1],u=r[2],f=r[3],d,h,p,g,m;return d=i*c+o*l+s*u+a*f,d<0&&(d=-d,c=-c,l=-l,u=-u,f=-f),1-d>1e-6?(h=Math.acos(d),m=Math.sin(h),p=Math.sin((1-n)*h)/m,g=Math.sin(n*h)/m):(p=1-n,g=n),t[0]=p*i+g*c,t[1]=p*o+g*l,t[2]=p*s+g*u,t[3]=p*a+g*f,t}function bM(t,e){let r=e[0]+e[4]+e[8],n;if(r>0)n=Math.sqrt(r+1),t[3]=.5*n,n=.5/n,t[0]=(e[5]-e[7])*n,t[1]=(e[6]-e[2])*n,t[2]=(e[1]-e[3])*n;else{let i=0;e[4]>e[0]&&(i=1),e[8]>e[i*3+i]&&(i=2);let o=(i+1)%3,s=(i+2)%3;n=Math.sqrt(e[i*3+i]-e[o*3+o]-e[s*3+s]+1),t[i]=.5*n,n=.5/n,t[3]=(e[o*3+s]-e[s*3+o])*n,t[o]=(e[o*3+i]+e[i*3+o])*n,t[s]=(e[s*3+i]+e[i*3+s])*n}return t}var dx,jj,Hj,Yj,hx=_(()=>{Vr();Wd();To();cc();dx=ch,jj=(function(){let t=ic(),e=oc(1,0,0),r=oc(0,1,0);return function(n,i,o){let s=Eo(i,o);return s<-.999999?(Wr(t,e,i),zd(t)<1e-6&&Wr(t,r,i),kd(t,t),yM(n,t,Math.PI),n):s>.999999?(n[0]=0,n[1]=0,n[2]=0,n[3]=1,n):(Wr(t,i,o),n[0]=t[0],n[1]=t[1],n[2]=t[2],n[3]=1+s,dx(n,n))}})(),Hj=(function(){let t=fx(),e=fx();return function(r,n,i,o,s,a){return hh(t,n,s,a),hh(e,i,o,a),hh(r,t,e,2*a*(1-a)),r}})(),Yj=(function(){let t=Gb();return function(e,r,n,i){return t[0]=n[0],t[3]=n[1],t[6]=n[2],t[1]=i[0],t[4]=i[1],t[7]=i[2],t[2]=-r[0],t[5]=-r[1],t[8]=-r[2],dx(e,bM(e,t))}})()});var qj,Xj,Zj,Kj,px=_(()=>{qj=Math.PI/2,Xj=Math.PI/4,Zj=Math.PI/6,Kj=Math.PI*2});var ae=_(()=>{Fb();ux();px();On();Wd();oh();hx();Bd();To();cc()});function ph(t,e=[],r=0){let n=Math.fround(t),i=t-n;return e[r]=n,e[r+1]=i,e}function mx(t){return t-Math.fround(t)}function gx(t){let e=new Float32Array(32);for(let r=0;r<4;++r)for(let n=0;n<4;++n){let i=r*4+n;ph(t[n*4+r],e,i*2)}return e}var _x=_(()=>{});function fc(t,e=!0){return t??e}function mh(t=[0,0,0],e=!0){return e?t.map(r=>r/255):[...t]}function yx(t,e=!0){let r=mh(t.slice(0,3),e),n=Number.isFinite(t[3]),i=n?t[3]:1;return[r[0],r[1],r[2],e&&n?i/255:i]}var gh=_(()=>{});var vM,EM,Hr,bx=_(()=>{vM=`#ifdef LUMA_FP32_TAN_PRECISION_WORKAROUND

// All these functions are for substituting tan() function from Intel GPU only
const float TWO_PI = 6.2831854820251465;
const float PI_2 = 1.5707963705062866;
const float PI_16 = 0.1963495463132858;

const float SIN_TABLE_0 = 0.19509032368659973;
const float SIN_TABLE_1 = 0.3826834261417389;
const float SIN_TABLE_2 = 0.5555702447891235;
const float SIN_TABLE_3 = 0.7071067690849304;

const float COS_TABLE_0 = 0.9807852506637573;
const float COS_TABLE_1 = 0.9238795042037964;
const float COS_TABLE_2 = 0.8314695954322815;
const float COS_TABLE_3 = 0.7071067690849304;

const float INVERSE_FACTORIAL_3 = 1.666666716337204e-01; // 1/3!
const float INVERSE_FACTORIAL_5 = 8.333333767950535e-03; // 1/5!
const float INVERSE_FACTORIAL_7 = 1.9841270113829523e-04; // 1/7!
const float INVERSE_FACTORIAL_9 = 2.75573188446287533e-06; // 1/9!

float sin_taylor_fp32(float a) {
  float r, s, t, x;

  if (a == 0.0) {
    return 0.0;
  }

  x = -a * a;
  s = a;
  r = a;

  r = r * x;
  t = r * INVERSE_FACTORIAL_3;
  s = s + t;

  r = r * x;
  t = r * INVERSE_FACTORIAL_5;
  s = s + t;

  r = r * x;
  t = r * INVERSE_FACTORIAL_7;
  s = s + t;

  r = r * x;
  t = r * INVERSE_FACTORIAL_9;
  s = s + t;

  return s;
}

void sincos_taylor_fp32(float a, out float sin_t, out float cos_t) {
  if (a == 0.0) {
    sin_t = 0.0;
    cos_t = 1.0;
  }
  sin_t = sin_taylor_fp32(a);
  cos_t = sqrt(1.0 - sin_t * sin_t);
}

float tan_taylor_fp32(float a) {
    float sin_a;
    float cos_a;

    if (a == 0.0) {
        return 0.0;
    }

    // 2pi range reduction
    float z = floor(a / TWO_PI);
    float r = a - TWO_PI * z;

    float t;
    float q = floor(r / PI_2 + 0.5);
    int j = int(q);

    if (j < -2 || j > 2) {
        return 1.0 / 0.0;
    }

    t = r - PI_2 * q;

    q = floor(t / PI_16 + 0.5);
    int k = int(q);
    int abs_k = int(abs(float(k)));

    if (abs_k > 4) {
        return 1.0 / 0.0;
    } else {
        t = t - PI_16 * q;
    }

    float u = 0.0;
    float v = 0.0;

    float sin_t, cos_t;
    float s, c;
    sincos_taylor_fp32(t, sin_t, cos_t);

    if (k == 0) {
        s = sin_t;
        c = cos_t;
    } else {
        if (abs(float(abs_k) - 1.0) < 0.5) {
            u = COS_TABLE_0;
            v = SIN_TABLE_0;
        } else if (abs(float(abs_k) - 2.0) < 0.5) {
            u = COS_TABLE_1;
            v = SIN_TABLE_1;
        } else if (abs(float(abs_k) - 3.0) < 0.5) {
            u = COS_TABLE_2;
            v = SIN_TABLE_2;
        } else if (abs(float(abs_k) - 4.0) < 0.5) {
            u = COS_TABLE_3;
            v = SIN_TABLE_3;
        }
        if (k > 0) {
            s = u * sin_t + v * cos_t;
            c = u * cos_t - v * sin_t;
        } else {
            s = u * sin_t - v * cos_t;
            c = u * cos_t + v * sin_t;
        }
    }

    if (j == 0) {
        sin_a = s;
        cos_a = c;
    } else if (j == 1) {
        sin_a = c;
        cos_a = -s;
    } else if (j == -1) {
        sin_a = -c;
        cos_a = s;
    } else {
        sin_a = -s;
        cos_a = -c;
    }
    return sin_a / cos_a;
}
#endif

float tan_fp32(float a) {
#ifdef LUMA_FP32_TAN_PRECISION_WORKAROUND
  return tan_taylor_fp32(a);
#else
  return tan(a);
#endif
}
`,EM=`#ifdef LUMA_FP32_TAN_PRECISION_WORKAROUND
const FP32_TWO_PI: f32 = 6.2831854820251465;
const FP32_PI_2: f32 = 1.5707963705062866;
const FP32_PI_16: f32 = 0.1963495463132858;

const FP32_SIN_TABLE_0: f32 = 0.19509032368659973;
const FP32_SIN_TABLE_1: f32 = 0.3826834261417389;
const FP32_SIN_TABLE_2: f32 = 0.5555702447891235;
const FP32_SIN_TABLE_3: f32 = 0.7071067690849304;

const FP32_COS_TABLE_0: f32 = 0.9807852506637573;
const FP32_COS_TABLE_1: f32 = 0.9238795042037964;
const FP32_COS_TABLE_2: f32 = 0.8314695954322815;
const FP32_COS_TABLE_3: f32 = 0.7071067690849304;

const FP32_INVERSE_FACTORIAL_3: f32 = 1.666666716337204e-01;
const FP32_INVERSE_FACTORIAL_5: f32 = 8.333333767950535e-03;
const FP32_INVERSE_FACTORIAL_7: f32 = 1.9841270113829523e-04;
const FP32_INVERSE_FACTORIAL_9: f32 = 2.75573188446287533e-06;
const FP32_OVERFLOW: f32 = 3.402823466e+38;

fn sin_taylor_fp32(a: f32) -> f32 {
  if (a == 0.0) {
    return 0.0;
  }

  let x = -a * a;
  var sum = a;
  var term = a;

  term = term * x;
  sum = sum + term * FP32_INVERSE_FACTORIAL_3;
  term = term * x;
  sum = sum + term * FP32_INVERSE_FACTORIAL_5;
  term = term * x;
  sum = sum + term * FP32_INVERSE_FACTORIAL_7;
  term = term * x;
  sum = sum + term * FP32_INVERSE_FACTORIAL_9;

  return sum;
}

fn tan_taylor_fp32(a: f32) -> f32 {
  if (a == 0.0) {
    return 0.0;
  }

  let z = floor(a / FP32_TWO_PI);
  let reduced = a - FP32_TWO_PI * z;

  var quadrantValue = floor(reduced / FP32_PI_2 + 0.5);
  let quadrant = i32(quadrantValue);
  if (quadrant < -2 || quadrant > 2) {
    return FP32_OVERFLOW;
  }

  var angle = reduced - FP32_PI_2 * quadrantValue;
  quadrantValue = floor(angle / FP32_PI_16 + 0.5);
  let tableIndex = i32(quadrantValue);
  let absoluteTableIndex = abs(tableIndex);
  if (absoluteTableIndex > 4) {
    return FP32_OVERFLOW;
  }

  angle = angle - FP32_PI_16 * quadrantValue;
  let sinAngle = sin_taylor_fp32(angle);
  let cosAngle = sqrt(1.0 - sinAngle * sinAngle);

  var tableCos = 0.0;
  var tableSin = 0.0;
  if (absoluteTableIndex == 1) {
    tableCos = FP32_COS_TABLE_0;
    tableSin = FP32_SIN_TABLE_0;
  } else if (absoluteTableIndex == 2) {
    tableCos = FP32_COS_TABLE_1;
    tableSin = FP32_SIN_TABLE_1;
  } else if (absoluteTableIndex == 3) {
    tableCos = FP32_COS_TABLE_2;
    tableSin = FP32_SIN_TABLE_2;
  } else if (absoluteTableIndex == 4) {
    tableCos = FP32_COS_TABLE_3;
    tableSin = FP32_SIN_TABLE_3;
  }

  var sinReduced = sinAngle;
  var cosReduced = cosAngle;
  if (tableIndex > 0) {
    sinReduced = tableCos * sinAngle + tableSin * cosAngle;
    cosReduced = tableCos * cosAngle - tableSin * sinAngle;
  } else if (tableIndex < 0) {
    sinReduced = tableCos * sinAngle - tableSin * cosAngle;
    cosReduced = tableCos * cosAngle + tableSin * sinAngle;
  }

  var sinValue = 0.0;
  var cosValue = 0.0;
  if (quadrant == 0) {
    sinValue = sinReduced;
    cosValue = cosReduced;
  } else if (quadrant == 1) {
    sinValue = cosReduced;
    cosValue = -sinReduced;
  } else if (quadrant == -1) {
    sinValue = -cosReduced;
    cosValue = sinReduced;
  } else {
    sinValue = -sinReduced;
    cosValue = -cosReduced;
  }

  return sinValue / cosValue;
}

fn tan_fp32(a: f32) -> f32 {
  return tan_taylor_fp32(a);
}
#else
fn tan_fp32(a: f32) -> f32 {
  return tan(a);
}
#endif
`,Hr={name:"fp32",source:EM,vs:vM}});var _h,xx=_(()=>{_h=`
layout(std140) uniform fp64arithmeticUniforms {
  uniform float ONE;
  uniform float SPLIT;
} fp64;

/*
About LUMA_FP64_CODE_ELIMINATION_WORKAROUND

The purpose of this workaround is to prevent shader compilers from
optimizing away necessary arithmetic operations by swapping their sequences
or transform the equation to some 'equivalent' form.

These helpers implement Dekker/Veltkamp-style error tracking. If the compiler
folds constants or reassociates the arithmetic, the high/low split can stop
tracking the rounding error correctly. That failure mode tends to look fine in
simple coordinate setup, but then breaks down inside iterative arithmetic such
as fp64 Mandelbrot loops.

The method is to multiply an artifical variable, ONE, which will be known to
the compiler to be 1 only at runtime. The whole expression is then represented
as a polynomial with respective to ONE. In the coefficients of all terms, only one a
and one b should appear

err = (a + b) * ONE^6 - a * ONE^5 - (a + b) * ONE^4 + a * ONE^3 - b - (a + b) * ONE^2 + a * ONE
*/

float prevent_fp64_optimization(float value) {
#if defined(LUMA_FP64_CODE_ELIMINATION_WORKAROUND)
  return value + fp64.ONE * 0.0;
#else
  return value;
#endif
}

// Divide float number to high and low floats to extend fraction bits
vec2 split(float a) {
  // Keep SPLIT as a runtime uniform so the compiler cannot fold the Dekker
  // split into a constant expression and reassociate the recovery steps.
  float split = prevent_fp64_optimization(fp64.SPLIT);
  float t = prevent_fp64_optimization(a * split);
  float temp = t - a;
  float a_hi = t - temp;
  float a_lo = a - a_hi;
  return vec2(a_hi, a_lo);
}

// Divide float number again when high float uses too many fraction bits
vec2 split2(vec2 a) {
  vec2 b = split(a.x);
  b.y += a.y;
  return b;
}

// Special sum operation when a > b
vec2 quickTwoSum(float a, float b) {
#if defined(LUMA_FP64_CODE_ELIMINATION_WORKAROUND)
  float sum = (a + b) * fp64.ONE;
  float err = b - (sum - a) * fp64.ONE;
#else
  float sum = a + b;
  float err = b - (sum - a);
#endif
  return vec2(sum, err);
}

// General sum operation
vec2 twoSum(float a, float b) {
  float s = (a + b);
#if defined(LUMA_FP64_CODE_ELIMINATION_WORKAROUND)
  float v = (s * fp64.ONE - a) * fp64.ONE;
  float err = (a - (s - v) * fp64.ONE) * fp64.ONE * fp64.ONE * fp64.ONE + (b - v);
#else
  float v = s - a;
  float err = (a - (s - v)) + (b - v);
#endif
  return vec2(s, err);
}

vec2 twoSub(float a, float b) {
  float s = (a - b);
#if defined(LUMA_FP64_CODE_ELIMINATION_WORKAROUND)
  float v = (s * fp64.ONE - a) * fp64.ONE;
  float err = (a - (s - v) * fp64.ONE) * fp64.ONE * fp64.ONE * fp64.ONE - (b + v);
#else
  float v = s - a;
  float err = (a - (s - v)) - (b + v);
#endif
  return vec2(s, err);
}

vec2 twoSqr(float a) {
  float prod = a * a;
  vec2 a_fp64 = split(a);
#if defined(LUMA_FP64_CODE_ELIMINATION_WORKAROUND)
  float err = ((a_fp64.x * a_fp64.x - prod) * fp64.ONE + 2.0 * a_fp64.x *
    a_fp64.y * fp64.ONE * fp64.ONE) + a_fp64.y * a_fp64.y * fp64.ONE * fp64.ONE * fp64.ONE;
#else
  float err = ((a_fp64.x * a_fp64.x - prod) + 2.0 * a_fp64.x * a_fp64.y) + a_fp64.y * a_fp64.y;
#endif
  return vec2(prod, err);
}

vec2 twoProd(float a, float b) {
  float prod = a * b;
  vec2 a_fp64 = split(a);
  vec2 b_fp64 = split(b);
  // twoProd is especially sensitive because mul_fp64 and div_fp64 both depend
  // on the split terms and cross terms staying in the original evaluation
  // order. If the compiler folds or reassociates them, the low part tends to
  // collapse to zero or NaN on some drivers.
  float highProduct = prevent_fp64_optimization(a_fp64.x * b_fp64.x);
  float crossProduct1 = prevent_fp64_optimization(a_fp64.x * b_fp64.y);
  float crossProduct2 = prevent_fp64_optimization(a_fp64.y * b_fp64.x);
  float lowProduct = prevent_fp64_optimization(a_fp64.y * b_fp64.y);
#if defined(LUMA_FP64_CODE_ELIMINATION_WORKAROUND)
  float err1 = (highProduct - prod) * fp64.ONE;
  float err2 = crossProduct1 * fp64.ONE * fp64.ONE;
  float err3 = crossProduct2 * fp64.ONE * fp64.ONE * fp64.ONE;
  float err4 = lowProduct * fp64.ONE * fp64.ONE * fp64.ONE * fp64.ONE;
#else
  float err1 = highProduct - prod;
  float err2 = crossProduct1;
  float err3 = crossProduct2;
  float err4 = lowProduct;
#endif
  float err = ((err1 + err2) + err3) + err4;
  return vec2(prod, err);
}

vec2 sum_fp64(vec2 a, vec2 b) {
  vec2 s, t;
  s = twoSum(a.x, b.x);
  t = twoSum(a.y, b.y);
  s.y += t.x;
  s = quickTwoSum(s.x, s.y);
  s.y += t.y;
  s = quickTwoSum(s.x, s.y);
  return s;
}

vec2 sub_fp64(vec2 a, vec2 b) {
  vec2 s, t;
  s = twoSub(a.x, b.x);
  t = twoSub(a.y, b.y);
  s.y += t.x;
  s = quickTwoSum(s.x, s.y);
  s.y += t.y;
  s = quickTwoSum(s.x, s.y);
  return s;
}

vec2 mul_fp64(vec2 a, vec2 b) {
  vec2 prod = twoProd(a.x, b.x);
  // y component is for the error
  prod.y += a.x * b.y;
#if defined(LUMA_FP64_HIGH_BITS_OVERFLOW_WORKAROUND)
  prod = split2(prod);
#endif
  prod = quickTwoSum(prod.x, prod.y);
  prod.y += a.y * b.x;
#if defined(LUMA_FP64_HIGH_BITS_OVERFLOW_WORKAROUND)
  prod = split2(prod);
#endif
  prod = quickTwoSum(prod.x, prod.y);
  return prod;
}

vec2 div_fp64(vec2 a, vec2 b) {
  float xn = 1.0 / b.x;
#if defined(LUMA_FP64_HIGH_BITS_OVERFLOW_WORKAROUND)
  vec2 yn = mul_fp64(a, vec2(xn, 0));
#else
  vec2 yn = a * xn;
#endif
  float diff = (sub_fp64(a, mul_fp64(b, yn))).x;
  vec2 prod = twoProd(xn, diff);
  return sum_fp64(yn, prod);
}

vec2 sqrt_fp64(vec2 a) {
  if (a.x == 0.0 && a.y == 0.0) return vec2(0.0, 0.0);
  if (a.x < 0.0) return vec2(0.0 / 0.0, 0.0 / 0.0);

  float x = 1.0 / sqrt(a.x);
  float yn = a.x * x;
#if defined(LUMA_FP64_CODE_ELIMINATION_WORKAROUND)
  vec2 yn_sqr = twoSqr(yn) * fp64.ONE;
#else
  vec2 yn_sqr = twoSqr(yn);
#endif
  float diff = sub_fp64(a, yn_sqr).x;
  vec2 prod = twoProd(x * 0.5, diff);
#if defined(LUMA_FP64_HIGH_BITS_OVERFLOW_WORKAROUND)
  return sum_fp64(split(yn), prod);
#else
  return sum_fp64(vec2(yn, 0.0), prod);
#endif
}
`});var wx,vx=_(()=>{wx=`struct Fp64F32Bits {
  sign: u32,
  baseExponent: i32,
  significand: u32,
  isZero: bool,
  isInf: bool,
  isNan: bool,
};

// Decode an f32 as (-1)^sign * significand * 2^baseExponent.
fn fp64_decode_f32_bits(bits: u32) -> Fp64F32Bits {
  let sign = bits >> 31u;
  let exponentBits = (bits >> 23u) & 0xffu;
  let fraction = bits & 0x7fffffu;

  if (exponentBits == 0xffu) {
    return Fp64F32Bits(sign, 0, 0u, false, fraction == 0u, fraction != 0u);
  }
  if (exponentBits == 0u) {
    return Fp64F32Bits(sign, -149, fraction, fraction == 0u, false, false);
  }
  return Fp64F32Bits(sign, i32(exponentBits) - 150, 0x800000u | fraction, false, false, false);
}

fn fp64_f32_magnitude_compare(aBits: u32, bBits: u32) -> i32 {
  let aMagnitude = aBits & 0x7fffffffu;
  let bMagnitude = bBits & 0x7fffffffu;
  if (aMagnitude == bMagnitude) {
    return 0;
  }
  return select(-1, 1, aMagnitude > bMagnitude);
}

fn fp64_make_residual_f32_bits(
  exactSign: u32,
  exactMagnitude: vec2u,
  exactBaseExponent: i32,
  highBits: u32
) -> u32 {
  if (fp64_u64_is_zero(exactMagnitude)) {
    return 0u;
  }

  let high = fp64_decode_f32_bits(highBits);
  if (high.isInf || high.isNan) {
    return exactSign << 31u;
  }
  if (high.isZero) {
    return fp64_make_f32_bits_from_u64(exactSign, exactMagnitude, exactBaseExponent);
  }

  let commonBaseExponent = min(exactBaseExponent, high.baseExponent);
  let exactShift = exactBaseExponent - commonBaseExponent;
  let highShift = high.baseExponent - commonBaseExponent;

  // A normal two-sum/two-product residual never needs a shift this large.
  // This guard gives deterministic underflow behavior outside that contract.
  if (exactShift >= 64 || highShift >= 64) {
    return exactSign << 31u;
  }

  let exactAligned = fp64_u64_shift_left(exactMagnitude, u32(exactShift));
  let highAligned = fp64_u64_shift_left(vec2u(0u, high.significand), u32(highShift));
  let comparison = fp64_u64_compare(exactAligned, highAligned);
  if (comparison == 0) {
    return 0u;
  }

  var residualSign = exactSign;
  var residualMagnitude: vec2u;
  if (comparison > 0) {
    residualMagnitude = fp64_u64_sub(exactAligned, highAligned);
  } else {
    residualSign = exactSign ^ 1u;
    residualMagnitude = fp64_u64_sub(highAligned, exactAligned);
  }
  return fp64_make_f32_bits_from_u64(
    residualSign,
    residualMagnitude,
    commonBaseExponent
  );
}

fn fp64_split_accumulator_bits(
  sign: u32,
  magnitude: vec2u,
  baseExponent: i32
) -> vec2u {
  let highBits = fp64_make_f32_bits_from_u64(sign, magnitude, baseExponent);
  let lowBits = fp64_make_residual_f32_bits(sign, magnitude, baseExponent, highBits);
  return vec2u(highBits, lowBits);
}

fn fp64_two_sum_integer_bits(aBits: u32, bBits: u32) -> vec2u {
  let a = fp64_decode_f32_bits(aBits);
  let b = fp64_decode_f32_bits(bBits);

  if (a.isNan || b.isNan) {
    return vec2u(0x7fc00000u, 0u);
  }
  if (a.isInf || b.isInf) {
    if (a.isInf && b.isInf && a.sign != b.sign) {
      return vec2u(0x7fc00000u, 0u);
    }
    return select(vec2u(bBits, 0u), vec2u(aBits, 0u), a.isInf);
  }
  if (a.isZero && b.isZero) {
    return vec2u((a.sign & b.sign) << 31u, 0u);
  }
  if (a.isZero) {
    return vec2u(bBits, 0u);
  }
  if (b.isZero) {
    return vec2u(aBits, 0u);
  }

  let exponentDifference = select(
    b.baseExponent - a.baseExponent,
    a.baseExponent - b.baseExponent,
    a.baseExponent >= b.baseExponent
  );

  // Beyond half an ulp, rounding cannot change the larger operand. Returning
  // the smaller operand intact also avoids an unbounded integer alignment.
  // At a power-of-two boundary the spacing below the larger operand is half
  // the spacing above it, so an opposite-sign gap-25 operand can still change
  // the rounded high limb. Gap 26 is the first universally safe early-out.
  if (exponentDifference > 25) {
    if (fp64_f32_magnitude_compare(aBits, bBits) >= 0) {
      return vec2u(aBits, bBits);
    }
    return vec2u(bBits, aBits);
  }

  let commonBaseExponent = min(a.baseExponent, b.baseExponent);
  let aMagnitude = fp64_u64_shift_left(
    vec2u(0u, a.significand),
    u32(a.baseExponent - commonBaseExponent)
  );
  let bMagnitude = fp64_u64_shift_left(
    vec2u(0u, b.significand),
    u32(b.baseExponent - commonBaseExponent)
  );

  var resultSign = a.sign;
  var resultMagnitude: vec2u;
  if (a.sign == b.sign) {
    resultMagnitude = fp64_u64_add(aMagnitude, bMagnitude);
  } else {
    let comparison = fp64_u64_compare(aMagnitude, bMagnitude);
    if (comparison == 0) {
      return vec2u(0u, 0u);
    }
    if (comparison > 0) {
      resultMagnitude = fp64_u64_sub(aMagnitude, bMagnitude);
    } else {
      resultSign = b.sign;
      resultMagnitude = fp64_u64_sub(bMagnitude, aMagnitude);
    }
  }

  return fp64_split_accumulator_bits(resultSign, resultMagnitude, commonBaseExponent);
}

fn fp64_two_sum_integer(a: f32, b: f32) -> vec2f {
  let resultBits = fp64_two_sum_integer_bits(bitcast<u32>(a), bitcast<u32>(b));
  return vec2f(bitcast<f32>(resultBits.x), bitcast<f32>(resultBits.y));
}

fn fp64_multiply_significands(a: u32, b: u32) -> vec2u {
  let aLow = a & 0xffffu;
  let aHigh = a >> 16u;
  let bLow = b & 0xffffu;
  let bHigh = b >> 16u;
  let lowProduct = aLow * bLow;
  let crossProduct = aLow * bHigh + aHigh * bLow;
  let highProduct = aHigh * bHigh;

  var result = vec2u(0u, lowProduct);
  result = fp64_u64_add(
    result,
    fp64_u64_shift_left(vec2u(0u, crossProduct), 16u)
  );
  result = fp64_u64_add(result, vec2u(highProduct, 0u));
  return result;
}

fn fp64_two_prod_integer_bits(aBits: u32, bBits: u32) -> vec2u {
  let a = fp64_decode_f32_bits(aBits);
  let b = fp64_decode_f32_bits(bBits);
  let resultSign = a.sign ^ b.sign;

  if (a.isNan || b.isNan || ((a.isZero || b.isZero) && (a.isInf || b.isInf))) {
    return vec2u(0x7fc00000u, 0u);
  }
  if (a.isInf || b.isInf) {
    return vec2u((resultSign << 31u) | 0x7f800000u, resultSign << 31u);
  }
  if (a.isZero || b.isZero) {
    return vec2u(resultSign << 31u, resultSign << 31u);
  }

  let magnitude = fp64_multiply_significands(a.significand, b.significand);
  return fp64_split_accumulator_bits(
    resultSign,
    magnitude,
    a.baseExponent + b.baseExponent
  );
}

fn fp64_two_prod_integer(a: f32, b: f32) -> vec2f {
  let resultBits = fp64_two_prod_integer_bits(bitcast<u32>(a), bitcast<u32>(b));
  return vec2f(bitcast<f32>(resultBits.x), bitcast<f32>(resultBits.y));
}

fn fp64_round_add_integer(a: f32, b: f32) -> f32 {
  return fp64_two_sum_integer(a, b).x;
}

fn fp64_round_mul_integer(a: f32, b: f32) -> f32 {
  return fp64_two_prod_integer(a, b).x;
}

#ifndef LUMA_FP64_PREDICATE_ONLY
fn fp64_f32_finite_exponent(value: Fp64F32Bits) -> i32 {
  let mostSignificantBit = 31u - countLeadingZeros(value.significand);
  return value.baseExponent + i32(mostSignificantBit);
}

fn fp64_scale_f32_integer(value: f32, exponent: i32) -> f32 {
  let decoded = fp64_decode_f32_bits(bitcast<u32>(value));
  if (decoded.isZero || decoded.isInf || decoded.isNan) {
    return value;
  }
  let resultBits = fp64_make_f32_bits_from_u64(
    decoded.sign,
    vec2u(0u, decoded.significand),
    decoded.baseExponent + exponent
  );
  return bitcast<f32>(resultBits);
}

// Divide normalized significands so the hardware operation cannot overflow,
// underflow, or flush a subnormal result. Reapply the exponent with integer
// packing, which also produces subnormal correction limbs without relying on
// floating-point arithmetic to preserve them.
fn fp64_divide_f32_integer(aValue: f32, bValue: f32) -> f32 {
  let a = fp64_decode_f32_bits(bitcast<u32>(aValue));
  let b = fp64_decode_f32_bits(bitcast<u32>(bValue));
  if (a.isZero || b.isZero || a.isInf || b.isInf || a.isNan || b.isNan) {
    return aValue / bValue;
  }

  let aMostSignificantBit = 31u - countLeadingZeros(a.significand);
  let bMostSignificantBit = 31u - countLeadingZeros(b.significand);
  let normalizedABits = fp64_make_f32_bits_from_u64(
    a.sign,
    vec2u(0u, a.significand),
    -i32(aMostSignificantBit)
  );
  let normalizedBBits = fp64_make_f32_bits_from_u64(
    b.sign,
    vec2u(0u, b.significand),
    -i32(bMostSignificantBit)
  );
  let normalizedQuotient = bitcast<f32>(normalizedABits) / bitcast<f32>(normalizedBBits);
  let quotient = fp64_decode_f32_bits(bitcast<u32>(normalizedQuotient));
  let exponentShift =
    a.baseExponent + i32(aMostSignificantBit) -
    b.baseExponent - i32(bMostSignificantBit);
  let quotientBits = fp64_make_f32_bits_from_u64(
    quotient.sign,
    vec2u(0u, quotient.significand),
    quotient.baseExponent + exponentShift
  );
  return bitcast<f32>(quotientBits);
}
#endif

#ifndef LUMA_FP64_PREDICATE_ONLY
fn split(a: f32) -> vec2f {
  let aBits = bitcast<u32>(a);
  let decoded = fp64_decode_f32_bits(aBits);
  if (decoded.isZero || decoded.isInf || decoded.isNan) {
    return vec2f(a, 0.0);
  }

  var roundedHigh = decoded.significand >> 12u;
  let remainder = decoded.significand & 0xfffu;
  if (remainder > 0x800u || (remainder == 0x800u && (roundedHigh & 1u) == 1u)) {
    roundedHigh = roundedHigh + 1u;
  }
  var highMagnitude = vec2u(0u, roundedHigh << 12u);
  var highBits = fp64_make_f32_bits_from_u64(
    decoded.sign,
    highMagnitude,
    decoded.baseExponent
  );
  // Rounding the high limb of a maximum-exponent value can overflow even
  // though the original value is finite. Truncate only in that boundary case
  // so split remains an exact finite decomposition.
  if (fp64_decode_f32_bits(highBits).isInf) {
    roundedHigh = decoded.significand >> 12u;
    highMagnitude = vec2u(0u, roundedHigh << 12u);
    highBits = fp64_make_f32_bits_from_u64(
      decoded.sign,
      highMagnitude,
      decoded.baseExponent
    );
  }
  let lowBits = fp64_make_residual_f32_bits(
    decoded.sign,
    vec2u(0u, decoded.significand),
    decoded.baseExponent,
    highBits
  );
  return vec2f(bitcast<f32>(highBits), bitcast<f32>(lowBits));
}

fn split2(a: vec2f) -> vec2f {
  var result = split(a.x);
  result.y = fp64_round_add_integer(result.y, a.y);
  return result;
}
#endif

#ifndef LUMA_FP64_PREDICATE_ONLY
fn quickTwoSum(a: f32, b: f32) -> vec2f {
  return fp64_two_sum_integer(a, b);
}
#endif

fn twoSum(a: f32, b: f32) -> vec2f {
  return fp64_two_sum_integer(a, b);
}

fn twoSub(a: f32, b: f32) -> vec2f {
  let bBits = bitcast<u32>(b) ^ 0x80000000u;
  let resultBits = fp64_two_sum_integer_bits(bitcast<u32>(a), bBits);
  return vec2f(bitcast<f32>(resultBits.x), bitcast<f32>(resultBits.y));
}

#ifndef LUMA_FP64_PREDICATE_ONLY
fn twoSqr(a: f32) -> vec2f {
  return fp64_two_prod_integer(a, a);
}

fn twoProd(a: f32, b: f32) -> vec2f {
  return fp64_two_prod_integer(a, b);
}
#endif

fn sum_fp64(a: vec2f, b: vec2f) -> vec2f {
  var sum = fp64_two_sum_integer(a.x, b.x);
  let lowSum = fp64_two_sum_integer(a.y, b.y);
  sum.y = fp64_round_add_integer(sum.y, lowSum.x);
  sum = fp64_two_sum_integer(sum.x, sum.y);
  sum.y = fp64_round_add_integer(sum.y, lowSum.y);
  return fp64_two_sum_integer(sum.x, sum.y);
}

fn sub_fp64(a: vec2f, b: vec2f) -> vec2f {
  let negatedB = vec2f(
    bitcast<f32>(bitcast<u32>(b.x) ^ 0x80000000u),
    bitcast<f32>(bitcast<u32>(b.y) ^ 0x80000000u)
  );
  return sum_fp64(a, negatedB);
}

fn mul_fp64(a: vec2f, b: vec2f) -> vec2f {
  var product = fp64_two_prod_integer(a.x, b.x);
  let crossProduct1 = fp64_round_mul_integer(a.x, b.y);
  product.y = fp64_round_add_integer(product.y, crossProduct1);
  product = fp64_two_sum_integer(product.x, product.y);
  let crossProduct2 = fp64_round_mul_integer(a.y, b.x);
  product.y = fp64_round_add_integer(product.y, crossProduct2);
  return fp64_two_sum_integer(product.x, product.y);
}

#ifndef LUMA_FP64_PREDICATE_ONLY
fn fp64_scale_fp64_integer(value: vec2f, exponent: i32) -> vec2f {
  let high = fp64_scale_f32_integer(value.x, exponent);
  let low = fp64_scale_f32_integer(value.y, exponent);
  return sum_fp64(vec2f(high, 0.0), vec2f(low, 0.0));
}

fn fp64_div_fp64_normalized(a: vec2f, b: vec2f) -> vec2f {
  let quotientHigh = fp64_divide_f32_integer(a.x, b.x);
  var quotient = vec2f(quotientHigh, 0.0);

  let remainder = sub_fp64(a, mul_fp64(b, quotient));
  let quotientLow = fp64_divide_f32_integer(remainder.x, b.x);
  quotient = sum_fp64(quotient, vec2f(quotientLow, 0.0));

  let secondRemainder = sub_fp64(a, mul_fp64(b, quotient));
  let correction = fp64_divide_f32_integer(secondRemainder.x, b.x);
  return sum_fp64(quotient, vec2f(correction, 0.0));
}

fn div_fp64(a: vec2f, b: vec2f) -> vec2f {
  let decodedA = fp64_decode_f32_bits(bitcast<u32>(a.x));
  let decodedB = fp64_decode_f32_bits(bitcast<u32>(b.x));
  if (
    decodedA.isZero || decodedB.isZero ||
    decodedA.isInf || decodedB.isInf ||
    decodedA.isNan || decodedB.isNan
  ) {
    return fp64_div_fp64_normalized(a, b);
  }

  let exponentA = fp64_f32_finite_exponent(decodedA);
  let exponentB = fp64_f32_finite_exponent(decodedB);
  // Correct the quotient near unity so b * q and the remainder stay clear of
  // both f32 underflow and overflow. The exponent difference is applied once.
  let normalizedA = fp64_scale_fp64_integer(a, -exponentA);
  let normalizedB = fp64_scale_fp64_integer(b, -exponentB);
  let normalizedQuotient = fp64_div_fp64_normalized(normalizedA, normalizedB);
  return fp64_scale_fp64_integer(normalizedQuotient, exponentA - exponentB);
}

fn fp64_sqrt_fp64_normalized(a: vec2f) -> vec2f {
  let estimate = sqrt(a.x);
  let difference = sub_fp64(a, fp64_two_prod_integer(estimate, estimate)).x;
  let denominator = fp64_round_add_integer(estimate, estimate);
  let correction = fp64_divide_f32_integer(difference, denominator);
  return sum_fp64(vec2f(estimate, 0.0), vec2f(correction, 0.0));
}

fn sqrt_fp64(a: vec2f) -> vec2f {
  let decoded = fp64_decode_f32_bits(bitcast<u32>(a.x));
  let decodedLow = fp64_decode_f32_bits(bitcast<u32>(a.y));
  if (decoded.isZero && decodedLow.isZero) {
    return vec2f(0.0, 0.0);
  }
  if (decoded.sign == 1u) {
    let nanValue = fp64_nan(a.x);
    return vec2f(nanValue, nanValue);
  }

  if (decoded.isInf || decoded.isNan) {
    return fp64_sqrt_fp64_normalized(a);
  }
  let exponent = fp64_f32_finite_exponent(decoded);
  // An even scale lets the final square-root rescale use an integer exponent.
  let evenExponent = exponent - (exponent & 1);
  let normalizedA = fp64_scale_fp64_integer(a, -evenExponent);
  let normalizedRoot = fp64_sqrt_fp64_normalized(normalizedA);
  return fp64_scale_fp64_integer(normalizedRoot, evenExponent / 2);
}
#endif
`});var Ex,Sx=_(()=>{vx();Ex=`struct Fp64ArithmeticUniforms {
  ONE: f32,
  SPLIT: f32,
};

@group(0) @binding(auto) var<uniform> fp64arithmetic : Fp64ArithmeticUniforms;

#ifndef LUMA_FP64_F32_INPUT_ONLY
struct Fp64Bits {
  sign: u32,
  exponent: i32,
  significand: vec2u,
  isZero: bool,
  isInf: bool,
  isNan: bool,
};
#endif

#ifndef LUMA_FP64_PREDICATE_ONLY
fn fp64_nan(seed: f32) -> f32 {
  let nanBits = 0x7fc00000u | select(0u, 1u, seed < 0.0);
  return bitcast<f32>(nanBits);
}
#endif

fn fp64_u64_is_zero(value: vec2u) -> bool {
  return value.x == 0u && value.y == 0u;
}

fn fp64_u64_compare(a: vec2u, b: vec2u) -> i32 {
  if (a.x != b.x) {
    return select(-1, 1, a.x > b.x);
  }
  if (a.y != b.y) {
    return select(-1, 1, a.y > b.y);
  }
  return 0;
}

fn fp64_u64_add(a: vec2u, b: vec2u) -> vec2u {
  let low = a.y + b.y;
  let carry = select(0u, 1u, low < a.y);
  return vec2u(a.x + b.x + carry, low);
}

fn fp64_u64_sub(a: vec2u, b: vec2u) -> vec2u {
  let borrow = select(0u, 1u, a.y < b.y);
  return vec2u(a.x - b.x - borrow, a.y - b.y);
}

fn fp64_u64_shift_left(value: vec2u, shift: u32) -> vec2u {
  if (shift == 0u) {
    return value;
  }
  if (shift < 32u) {
    return vec2u((value.x << shift) | (value.y >> (32u - shift)), value.y << shift);
  }
  if (shift == 32u) {
    return vec2u(value.y, 0u);
  }
  if (shift < 64u) {
    return vec2u(value.y << (shift - 32u), 0u);
  }
  return vec2u(0u);
}

fn fp64_u64_shift_right(value: vec2u, shift: u32) -> vec2u {
  if (shift == 0u) {
    return value;
  }
  if (shift < 32u) {
    return vec2u(value.x >> shift, (value.y >> shift) | (value.x << (32u - shift)));
  }
  if (shift == 32u) {
    return vec2u(0u, value.x);
  }
  if (shift < 64u) {
    return vec2u(0u, value.x >> (shift - 32u));
  }
  return vec2u(0u);
}

fn fp64_u64_get_bit(value: vec2u, bitIndex: u32) -> bool {
  if (bitIndex >= 64u) {
    return false;
  }
  if (bitIndex >= 32u) {
    return ((value.x >> (bitIndex - 32u)) & 1u) != 0u;
  }
  return ((value.y >> bitIndex) & 1u) != 0u;
}

fn fp64_u64_has_bits_below(value: vec2u, bitCount: u32) -> bool {
  if (bitCount == 0u) {
    return false;
  }
  if (bitCount >= 64u) {
    return !fp64_u64_is_zero(value);
  }
  if (bitCount > 32u) {
    let highBitCount = bitCount - 32u;
    let highMask = (1u << highBitCount) - 1u;
    return value.y != 0u || (value.x & highMask) != 0u;
  }
  if (bitCount == 32u) {
    return value.y != 0u;
  }
  let lowMask = (1u << bitCount) - 1u;
  return (value.y & lowMask) != 0u;
}

#ifndef LUMA_FP64_F32_INPUT_ONLY
fn fp64_u64_shift_right_sticky(value: vec2u, shift: u32) -> vec2u {
  var shifted = fp64_u64_shift_right(value, shift);
  if (fp64_u64_has_bits_below(value, shift)) {
    shifted.y = shifted.y | 1u;
  }
  return shifted;
}
#endif

fn fp64_u64_count_leading_zeros(value: vec2u) -> u32 {
  if (value.x != 0u) {
    return countLeadingZeros(value.x);
  }
  return 32u + countLeadingZeros(value.y);
}

fn fp64_round_shift_right_to_u32(value: vec2u, shift: u32) -> u32 {
  if (shift == 0u) {
    return value.y;
  }

  let truncated = fp64_u64_shift_right(value, shift);
  var rounded = truncated.y;
  let guard = fp64_u64_get_bit(value, shift - 1u);
  let hasTrailingBits = fp64_u64_has_bits_below(value, shift - 1u);
  if (guard && (hasTrailingBits || (rounded & 1u) == 1u)) {
    rounded = rounded + 1u;
  }
  return rounded;
}

#ifndef LUMA_FP64_F32_INPUT_ONLY
fn fp64_round_shift_right(value: vec2u, shift: u32) -> vec2u {
  if (shift == 0u) {
    return value;
  }

  var rounded = fp64_u64_shift_right(value, shift);
  let guard = fp64_u64_get_bit(value, shift - 1u);
  let hasTrailingBits = fp64_u64_has_bits_below(value, shift - 1u);
  if (guard && (hasTrailingBits || (rounded.y & 1u) == 1u)) {
    rounded = fp64_u64_add(rounded, vec2u(0u, 1u));
  }
  return rounded;
}
#endif

fn fp64_make_f32_bits_from_u64(sign: u32, significand: vec2u, baseExponent: i32) -> u32 {
  if (fp64_u64_is_zero(significand)) {
    return sign << 31u;
  }

  let leadingZeros = fp64_u64_count_leading_zeros(significand);
  let mostSignificantBit = 63u - leadingZeros;
  var exponent = baseExponent + i32(mostSignificantBit);

  if (exponent > 127) {
    return (sign << 31u) | 0x7f800000u;
  }

  if (exponent >= -126) {
    let shift = i32(mostSignificantBit) - 23;
    var significand24: u32;
    if (shift > 0) {
      significand24 = fp64_round_shift_right_to_u32(significand, u32(shift));
    } else {
      significand24 = fp64_u64_shift_left(significand, u32(-shift)).y;
    }

    if (significand24 >= 0x1000000u) {
      significand24 = significand24 >> 1u;
      exponent = exponent + 1;
      if (exponent > 127) {
        return (sign << 31u) | 0x7f800000u;
      }
    }

    return (sign << 31u) | (u32(exponent + 127) << 23u) | (significand24 & 0x7fffffu);
  }

  let scaleExponent = baseExponent + 149;
  var mantissa: u32;
  if (scaleExponent >= 0) {
    mantissa = fp64_u64_shift_left(significand, u32(scaleExponent)).y;
  } else {
    mantissa = fp64_round_shift_right_to_u32(significand, u32(-scaleExponent));
  }

  if (mantissa >= 0x800000u) {
    return (sign << 31u) | 0x00800000u;
  }
  return (sign << 31u) | mantissa;
}

#ifndef LUMA_FP64_F32_INPUT_ONLY
fn fp64_decode_bits(bits: vec2u) -> Fp64Bits {
  let sign = bits.x >> 31u;
  let exponentBits = (bits.x >> 20u) & 0x7ffu;
  let fractionHigh = bits.x & 0xfffffu;
  let fractionLow = bits.y;
  let fraction = vec2u(fractionHigh, fractionLow);

  if (exponentBits == 0x7ffu) {
    let isInf = fp64_u64_is_zero(fraction);
    return Fp64Bits(sign, 0, vec2u(0u), false, isInf, !isInf);
  }

  if (exponentBits == 0u) {
    let isZero = fp64_u64_is_zero(fraction);
    return Fp64Bits(sign, -1022, fraction, isZero, false, false);
  }

  return Fp64Bits(sign, i32(exponentBits) - 1023, vec2u((1u << 20u) | fractionHigh, fractionLow), false, false, false);
}

fn fp64_finite_magnitude_compare(a: Fp64Bits, b: Fp64Bits) -> i32 {
  if (a.exponent != b.exponent) {
    return select(-1, 1, a.exponent > b.exponent);
  }
  return fp64_u64_compare(a.significand, b.significand);
}
#endif

#ifndef LUMA_FP64_F32_INPUT_ONLY
struct Fp64RawF32Bits {
  sign: u32,
  baseExponent: i32,
  significand: u32,
  isZero: bool,
  isInf: bool,
  isNan: bool,
};

// Decode an f32 as (-1)^sign * significand * 2^baseExponent. This shared
// integer representation lets normalization remain independent of the
// selected double-single arithmetic implementation.
fn fp64_decode_raw_f32_bits(bits: u32) -> Fp64RawF32Bits {
  let sign = bits >> 31u;
  let exponentBits = (bits >> 23u) & 0xffu;
  let fraction = bits & 0x7fffffu;

  if (exponentBits == 0xffu) {
    return Fp64RawF32Bits(sign, 0, 0u, false, fraction == 0u, fraction != 0u);
  }
  if (exponentBits == 0u) {
    return Fp64RawF32Bits(sign, -149, fraction, fraction == 0u, false, false);
  }
  return Fp64RawF32Bits(
    sign,
    i32(exponentBits) - 150,
    0x800000u | fraction,
    false,
    false,
    false
  );
}

fn fp64_raw_f32_magnitude_compare(aBits: u32, bBits: u32) -> i32 {
  let aMagnitude = aBits & 0x7fffffffu;
  let bMagnitude = bBits & 0x7fffffffu;
  if (aMagnitude == bMagnitude) {
    return 0;
  }
  return select(-1, 1, aMagnitude > bMagnitude);
}

fn fp64_make_raw_residual_f32_bits(
  exactSign: u32,
  exactMagnitude: vec2u,
  exactBaseExponent: i32,
  highBits: u32
) -> u32 {
  if (fp64_u64_is_zero(exactMagnitude)) {
    return 0u;
  }

  let high = fp64_decode_raw_f32_bits(highBits);
  if (high.isInf || high.isNan) {
    return 0u;
  }
  if (high.isZero) {
    return fp64_make_f32_bits_from_u64(exactSign, exactMagnitude, exactBaseExponent);
  }

  let commonBaseExponent = min(exactBaseExponent, high.baseExponent);
  let exactShift = exactBaseExponent - commonBaseExponent;
  let highShift = high.baseExponent - commonBaseExponent;
  if (exactShift >= 64 || highShift >= 64) {
    return 0u;
  }

  let exactAligned = fp64_u64_shift_left(exactMagnitude, u32(exactShift));
  let highAligned = fp64_u64_shift_left(vec2u(0u, high.significand), u32(highShift));
  let comparison = fp64_u64_compare(exactAligned, highAligned);
  if (comparison == 0) {
    return 0u;
  }

  var residualSign = exactSign;
  var residualMagnitude: vec2u;
  if (comparison > 0) {
    residualMagnitude = fp64_u64_sub(exactAligned, highAligned);
  } else {
    residualSign = exactSign ^ 1u;
    residualMagnitude = fp64_u64_sub(highAligned, exactAligned);
  }
  return fp64_make_f32_bits_from_u64(
    residualSign,
    residualMagnitude,
    commonBaseExponent
  );
}

fn fp64_split_raw_accumulator_bits(
  sign: u32,
  magnitude: vec2u,
  baseExponent: i32
) -> vec2u {
  if (fp64_u64_is_zero(magnitude)) {
    return vec2u(0u);
  }
  let highBits = fp64_make_f32_bits_from_u64(sign, magnitude, baseExponent);
  let rawLowBits = fp64_make_raw_residual_f32_bits(sign, magnitude, baseExponent, highBits);
  let lowBits = select(rawLowBits, 0u, (rawLowBits & 0x7fffffffu) == 0u);
  if ((highBits & 0x7fffffffu) == 0u && (lowBits & 0x7fffffffu) == 0u) {
    return vec2u(0u);
  }
  return vec2u(highBits, lowBits);
}
#endif

#ifndef LUMA_FP64_F32_INPUT_ONLY
// Round an arithmetic accumulator to binary64 before splitting it. The
// aligned add/subtract paths retain three guard bits plus a sticky bit, which
// is sufficient for round-to-nearest-even at the binary64 boundary.
fn fp64_split_binary64_accumulator_bits(
  sign: u32,
  magnitude: vec2u,
  baseExponent: i32
) -> vec2u {
  if (fp64_u64_is_zero(magnitude)) {
    return vec2u(0u);
  }

  let mostSignificantBit = 63u - fp64_u64_count_leading_zeros(magnitude);
  let exponent = baseExponent + i32(mostSignificantBit);
  if (exponent > 1023) {
    return vec2u((sign << 31u) | 0x7f800000u, 0u);
  }

  var roundedMagnitude = magnitude;
  var roundedBaseExponent = baseExponent;
  if (exponent >= -1022) {
    if (mostSignificantBit > 52u) {
      let shift = mostSignificantBit - 52u;
      roundedMagnitude = fp64_round_shift_right(magnitude, shift);
      roundedBaseExponent = baseExponent + i32(shift);
    }
  } else {
    let shift = -1074 - baseExponent;
    if (shift > 0) {
      roundedMagnitude = fp64_round_shift_right(magnitude, u32(shift));
      roundedBaseExponent = -1074;
    }
  }

  if (fp64_u64_is_zero(roundedMagnitude)) {
    return vec2u(0u);
  }
  return fp64_split_raw_accumulator_bits(sign, roundedMagnitude, roundedBaseExponent);
}
#endif

#ifndef LUMA_FP64_PREDICATE_ONLY
fn fp64_add_raw_f32_bits(aBits: u32, bBits: u32) -> vec2u {
  let a = fp64_decode_raw_f32_bits(aBits);
  let b = fp64_decode_raw_f32_bits(bBits);

  if (a.isNan || b.isNan) {
    return vec2u(0x7fc00000u, 0u);
  }
  if (a.isInf || b.isInf) {
    if (a.isInf && b.isInf && a.sign != b.sign) {
      return vec2u(0x7fc00000u, 0u);
    }
    return select(vec2u(bBits, 0u), vec2u(aBits, 0u), a.isInf);
  }
  if (a.isZero && b.isZero) {
    return vec2u(0u);
  }
  if (a.isZero) {
    return vec2u(bBits, 0u);
  }
  if (b.isZero) {
    return vec2u(aBits, 0u);
  }

  let exponentDifference = abs(a.baseExponent - b.baseExponent);
  if (exponentDifference > 25) {
    if (fp64_raw_f32_magnitude_compare(aBits, bBits) >= 0) {
      return vec2u(aBits, bBits);
    }
    return vec2u(bBits, aBits);
  }

  let commonBaseExponent = min(a.baseExponent, b.baseExponent);
  let aMagnitude = fp64_u64_shift_left(
    vec2u(0u, a.significand),
    u32(a.baseExponent - commonBaseExponent)
  );
  let bMagnitude = fp64_u64_shift_left(
    vec2u(0u, b.significand),
    u32(b.baseExponent - commonBaseExponent)
  );

  var resultSign = a.sign;
  var resultMagnitude: vec2u;
  if (a.sign == b.sign) {
    resultMagnitude = fp64_u64_add(aMagnitude, bMagnitude);
  } else {
    let comparison = fp64_u64_compare(aMagnitude, bMagnitude);
    if (comparison == 0) {
      return vec2u(0u);
    }
    if (comparison > 0) {
      resultMagnitude = fp64_u64_sub(aMagnitude, bMagnitude);
    } else {
      resultSign = b.sign;
      resultMagnitude = fp64_u64_sub(bMagnitude, aMagnitude);
    }
  }

  return fp64_split_raw_accumulator_bits(
    resultSign,
    resultMagnitude,
    commonBaseExponent
  );
}
#endif

#ifndef LUMA_FP64_F32_INPUT_ONLY
fn fp64_add_aligned_magnitudes_to_fp64_bits(
  sign: u32,
  larger: Fp64Bits,
  smaller: Fp64Bits
) -> vec2u {
  let largeSignificand = fp64_u64_shift_left(larger.significand, 3u);
  let smallSignificand = fp64_u64_shift_right_sticky(
    fp64_u64_shift_left(smaller.significand, 3u),
    u32(larger.exponent - smaller.exponent)
  );
  let resultSignificand = fp64_u64_add(largeSignificand, smallSignificand);
  return fp64_split_binary64_accumulator_bits(
    sign,
    resultSignificand,
    larger.exponent - 55
  );
}

fn fp64_sub_aligned_magnitudes_to_fp64_bits(
  sign: u32,
  larger: Fp64Bits,
  smaller: Fp64Bits
) -> vec2u {
  let largeSignificand = fp64_u64_shift_left(larger.significand, 3u);
  let smallSignificand = fp64_u64_shift_right_sticky(
    fp64_u64_shift_left(smaller.significand, 3u),
    u32(larger.exponent - smaller.exponent)
  );
  let resultSignificand = fp64_u64_sub(largeSignificand, smallSignificand);
  return fp64_split_binary64_accumulator_bits(
    sign,
    resultSignificand,
    larger.exponent - 55
  );
}

fn fp64_add_aligned_magnitudes_to_f32_bits(sign: u32, larger: Fp64Bits, smaller: Fp64Bits) -> u32 {
  let largeSignificand = fp64_u64_shift_left(larger.significand, 3u);
  let smallSignificand = fp64_u64_shift_right_sticky(
    fp64_u64_shift_left(smaller.significand, 3u),
    u32(larger.exponent - smaller.exponent)
  );
  let resultSignificand = fp64_u64_add(largeSignificand, smallSignificand);
  return fp64_make_f32_bits_from_u64(sign, resultSignificand, larger.exponent - 55);
}

fn fp64_sub_aligned_magnitudes_to_f32_bits(sign: u32, larger: Fp64Bits, smaller: Fp64Bits) -> u32 {
  let largeSignificand = fp64_u64_shift_left(larger.significand, 3u);
  let smallSignificand = fp64_u64_shift_right_sticky(
    fp64_u64_shift_left(smaller.significand, 3u),
    u32(larger.exponent - smaller.exponent)
  );
  let resultSignificand = fp64_u64_sub(largeSignificand, smallSignificand);
  return fp64_make_f32_bits_from_u64(sign, resultSignificand, larger.exponent - 55);
}

// Subtract two raw binary64 values and round the exact result once to f32.
// The input words are canonical high/low words: .x contains sign/exponent/high
// fraction bits, and .y contains the low 32 fraction bits.
fn sub_fp64u32_to_f32_bits(aBits: vec2u, bBits: vec2u) -> u32 {
  let a = fp64_decode_bits(aBits);
  let b = fp64_decode_bits(bBits);
  let bSubtractionSign = b.sign ^ 1u;

  if (a.isNan || b.isNan) {
    return 0x7fc00000u;
  }
  if (a.isInf && b.isInf) {
    if (a.sign == bSubtractionSign) {
      return (a.sign << 31u) | 0x7f800000u;
    }
    return 0x7fc00000u;
  }
  if (a.isInf) {
    return (a.sign << 31u) | 0x7f800000u;
  }
  if (b.isInf) {
    return (bSubtractionSign << 31u) | 0x7f800000u;
  }
  if (a.isZero && b.isZero) {
    return select(0u, 0x80000000u, a.sign == 1u && b.sign == 0u);
  }

  let magnitudeComparison = fp64_finite_magnitude_compare(a, b);
  if (a.sign == bSubtractionSign) {
    if (magnitudeComparison >= 0) {
      return fp64_add_aligned_magnitudes_to_f32_bits(a.sign, a, b);
    }
    return fp64_add_aligned_magnitudes_to_f32_bits(a.sign, b, a);
  }

  if (magnitudeComparison == 0) {
    return 0u;
  }
  if (magnitudeComparison > 0) {
    return fp64_sub_aligned_magnitudes_to_f32_bits(a.sign, a, b);
  }
  return fp64_sub_aligned_magnitudes_to_f32_bits(bSubtractionSign, b, a);
}

fn sub_fp64u32_to_f32(aBits: vec2u, bBits: vec2u) -> f32 {
  return bitcast<f32>(sub_fp64u32_to_f32_bits(aBits, bBits));
}

// Subtract two raw binary64 values, round once to binary64, then split the
// result into normalized f32 limbs. Finite results must fit within the f32
// exponent range; larger magnitudes map to infinity and smaller magnitudes
// map to zero. The input words use canonical high/low word order.
fn sub_fp64u32_to_fp64_bits(aBits: vec2u, bBits: vec2u) -> vec2u {
  let a = fp64_decode_bits(aBits);
  let b = fp64_decode_bits(bBits);
  let bSubtractionSign = b.sign ^ 1u;

  if (a.isNan || b.isNan) {
    return vec2u(0x7fc00000u, 0u);
  }
  if (a.isInf && b.isInf) {
    if (a.sign == bSubtractionSign) {
      return vec2u((a.sign << 31u) | 0x7f800000u, 0u);
    }
    return vec2u(0x7fc00000u, 0u);
  }
  if (a.isInf) {
    return vec2u((a.sign << 31u) | 0x7f800000u, 0u);
  }
  if (b.isInf) {
    return vec2u((bSubtractionSign << 31u) | 0x7f800000u, 0u);
  }
  if (a.isZero && b.isZero) {
    return vec2u(0u);
  }

  let magnitudeComparison = fp64_finite_magnitude_compare(a, b);
  if (a.sign == bSubtractionSign) {
    if (magnitudeComparison >= 0) {
      return fp64_add_aligned_magnitudes_to_fp64_bits(a.sign, a, b);
    }
    return fp64_add_aligned_magnitudes_to_fp64_bits(a.sign, b, a);
  }

  if (magnitudeComparison == 0) {
    return vec2u(0u);
  }
  if (magnitudeComparison > 0) {
    return fp64_sub_aligned_magnitudes_to_fp64_bits(a.sign, a, b);
  }
  return fp64_sub_aligned_magnitudes_to_fp64_bits(bSubtractionSign, b, a);
}

fn sub_fp64u32_to_fp64(aBits: vec2u, bBits: vec2u) -> vec2f {
  let resultBits = sub_fp64u32_to_fp64_bits(aBits, bBits);
  return vec2f(bitcast<f32>(resultBits.x), bitcast<f32>(resultBits.y));
}
#endif

#ifndef LUMA_FP64_PREDICATE_ONLY
fn fp64_runtime_zero() -> f32 {
  return fp64arithmetic.ONE * 0.0;
}

fn prevent_fp64_optimization(value: f32) -> f32 {
#ifdef LUMA_FP64_CODE_ELIMINATION_WORKAROUND
  return value + fp64_runtime_zero();
#else
  return value;
#endif
}
#endif

#ifdef LUMA_FP64_INTEGER_ARITHMETIC
${wx}
#else
fn split(a: f32) -> vec2f {
  let splitValue = prevent_fp64_optimization(fp64arithmetic.SPLIT + fp64_runtime_zero());
  let t = prevent_fp64_optimization(a * splitValue);
  let temp = prevent_fp64_optimization(t - a);
  let aHi = prevent_fp64_optimization(t - temp);
  let aLo = prevent_fp64_optimization(a - aHi);
  return vec2f(aHi, aLo);
}

fn split2(a: vec2f) -> vec2f {
  var b = split(a.x);
  b.y = b.y + a.y;
  return b;
}

fn quickTwoSum(a: f32, b: f32) -> vec2f {
#ifdef LUMA_FP64_CODE_ELIMINATION_WORKAROUND
  let sum = prevent_fp64_optimization((a + b) * fp64arithmetic.ONE);
  let err = prevent_fp64_optimization(b - (sum - a) * fp64arithmetic.ONE);
#else
  let sum = prevent_fp64_optimization(a + b);
  let err = prevent_fp64_optimization(b - (sum - a));
#endif
  return vec2f(sum, err);
}

fn twoSum(a: f32, b: f32) -> vec2f {
  let s = prevent_fp64_optimization(a + b);
#ifdef LUMA_FP64_CODE_ELIMINATION_WORKAROUND
  let v = prevent_fp64_optimization((s * fp64arithmetic.ONE - a) * fp64arithmetic.ONE);
  let err =
    prevent_fp64_optimization((a - (s - v) * fp64arithmetic.ONE) *
      fp64arithmetic.ONE *
      fp64arithmetic.ONE *
      fp64arithmetic.ONE) +
    prevent_fp64_optimization(b - v);
#else
  let v = prevent_fp64_optimization(s - a);
  let err = prevent_fp64_optimization(a - (s - v)) + prevent_fp64_optimization(b - v);
#endif
  return vec2f(s, err);
}

fn twoSub(a: f32, b: f32) -> vec2f {
  let s = prevent_fp64_optimization(a - b);
#ifdef LUMA_FP64_CODE_ELIMINATION_WORKAROUND
  let v = prevent_fp64_optimization((s * fp64arithmetic.ONE - a) * fp64arithmetic.ONE);
  let err =
    prevent_fp64_optimization((a - (s - v) * fp64arithmetic.ONE) *
      fp64arithmetic.ONE *
      fp64arithmetic.ONE *
      fp64arithmetic.ONE) -
    prevent_fp64_optimization(b + v);
#else
  let v = prevent_fp64_optimization(s - a);
  let err = prevent_fp64_optimization(a - (s - v)) - prevent_fp64_optimization(b + v);
#endif
  return vec2f(s, err);
}

fn twoSqr(a: f32) -> vec2f {
  let prod = prevent_fp64_optimization(a * a);
  let aFp64 = split(a);
  let highProduct = prevent_fp64_optimization(aFp64.x * aFp64.x);
  let crossProduct = prevent_fp64_optimization(2.0 * aFp64.x * aFp64.y);
  let lowProduct = prevent_fp64_optimization(aFp64.y * aFp64.y);
#ifdef LUMA_FP64_CODE_ELIMINATION_WORKAROUND
  let err =
    (prevent_fp64_optimization(highProduct - prod) * fp64arithmetic.ONE +
      crossProduct * fp64arithmetic.ONE * fp64arithmetic.ONE) +
    lowProduct * fp64arithmetic.ONE * fp64arithmetic.ONE * fp64arithmetic.ONE;
#else
  let err = ((prevent_fp64_optimization(highProduct - prod) + crossProduct) + lowProduct);
#endif
  return vec2f(prod, err);
}

fn twoProd(a: f32, b: f32) -> vec2f {
  let prod = prevent_fp64_optimization(a * b);
  let aFp64 = split(a);
  let bFp64 = split(b);
  let highProduct = prevent_fp64_optimization(aFp64.x * bFp64.x);
  let crossProduct1 = prevent_fp64_optimization(aFp64.x * bFp64.y);
  let crossProduct2 = prevent_fp64_optimization(aFp64.y * bFp64.x);
  let lowProduct = prevent_fp64_optimization(aFp64.y * bFp64.y);
#ifdef LUMA_FP64_CODE_ELIMINATION_WORKAROUND
  let err1 = (highProduct - prod) * fp64arithmetic.ONE;
  let err2 = crossProduct1 * fp64arithmetic.ONE * fp64arithmetic.ONE;
  let err3 = crossProduct2 * fp64arithmetic.ONE * fp64arithmetic.ONE * fp64arithmetic.ONE;
  let err4 =
    lowProduct *
    fp64arithmetic.ONE *
    fp64arithmetic.ONE *
    fp64arithmetic.ONE *
    fp64arithmetic.ONE;
#else
  let err1 = highProduct - prod;
  let err2 = crossProduct1;
  let err3 = crossProduct2;
  let err4 = lowProduct;
#endif
  let err12InputA = prevent_fp64_optimization(err1);
  let err12InputB = prevent_fp64_optimization(err2);
  let err12 = prevent_fp64_optimization(err12InputA + err12InputB);
  let err123InputA = prevent_fp64_optimization(err12);
  let err123InputB = prevent_fp64_optimization(err3);
  let err123 = prevent_fp64_optimization(err123InputA + err123InputB);
  let err1234InputA = prevent_fp64_optimization(err123);
  let err1234InputB = prevent_fp64_optimization(err4);
  let err = prevent_fp64_optimization(err1234InputA + err1234InputB);
  return vec2f(prod, err);
}

fn sum_fp64(a: vec2f, b: vec2f) -> vec2f {
  var s = twoSum(a.x, b.x);
  let t = twoSum(a.y, b.y);
  s.y = prevent_fp64_optimization(s.y + t.x);
  s = quickTwoSum(s.x, s.y);
  s.y = prevent_fp64_optimization(s.y + t.y);
  s = quickTwoSum(s.x, s.y);
  return s;
}

fn sub_fp64(a: vec2f, b: vec2f) -> vec2f {
  var s = twoSub(a.x, b.x);
  let t = twoSub(a.y, b.y);
  s.y = prevent_fp64_optimization(s.y + t.x);
  s = quickTwoSum(s.x, s.y);
  s.y = prevent_fp64_optimization(s.y + t.y);
  s = quickTwoSum(s.x, s.y);
  return s;
}

fn mul_fp64(a: vec2f, b: vec2f) -> vec2f {
  var prod = twoProd(a.x, b.x);
  let crossProduct1 = prevent_fp64_optimization(a.x * b.y);
  prod.y = prevent_fp64_optimization(prod.y + crossProduct1);
#ifdef LUMA_FP64_HIGH_BITS_OVERFLOW_WORKAROUND
  prod = split2(prod);
#endif
  prod = quickTwoSum(prod.x, prod.y);
  let crossProduct2 = prevent_fp64_optimization(a.y * b.x);
  prod.y = prevent_fp64_optimization(prod.y + crossProduct2);
#ifdef LUMA_FP64_HIGH_BITS_OVERFLOW_WORKAROUND
  prod = split2(prod);
#endif
  prod = quickTwoSum(prod.x, prod.y);
  return prod;
}

#ifndef LUMA_FP64_PREDICATE_ONLY
fn div_fp64(a: vec2f, b: vec2f) -> vec2f {
  let xn = prevent_fp64_optimization(1.0 / b.x);
  let yn = mul_fp64(a, vec2f(xn, fp64_runtime_zero()));
  let diff = prevent_fp64_optimization(sub_fp64(a, mul_fp64(b, yn)).x);
  let prod = twoProd(xn, diff);
  return sum_fp64(yn, prod);
}

fn sqrt_fp64(a: vec2f) -> vec2f {
  if (a.x == 0.0 && a.y == 0.0) {
    return vec2f(0.0, 0.0);
  }
  if (a.x < 0.0) {
    let nanValue = fp64_nan(a.x);
    return vec2f(nanValue, nanValue);
  }

  let x = prevent_fp64_optimization(1.0 / sqrt(a.x));
  let yn = prevent_fp64_optimization(a.x * x);
#ifdef LUMA_FP64_CODE_ELIMINATION_WORKAROUND
  let ynSqr = twoSqr(yn) * fp64arithmetic.ONE;
#else
  let ynSqr = twoSqr(yn);
#endif
  let diff = prevent_fp64_optimization(sub_fp64(a, ynSqr).x);
  let prod = twoProd(prevent_fp64_optimization(x * 0.5), diff);
#ifdef LUMA_FP64_HIGH_BITS_OVERFLOW_WORKAROUND
  return sum_fp64(split(yn), prod);
#else
  return sum_fp64(vec2f(yn, 0.0), prod);
#endif
}
#endif
#endif

#ifndef LUMA_FP64_PREDICATE_ONLY
fn fp64_f32_bits_is_nan(bits: u32) -> bool {
  return (bits & 0x7fffffffu) > 0x7f800000u;
}

fn fp64_f32_bits_is_inf(bits: u32) -> bool {
  return (bits & 0x7fffffffu) == 0x7f800000u;
}

fn fp64_compare_f32_bits(aBits: u32, bBits: u32) -> i32 {
  let aMagnitude = aBits & 0x7fffffffu;
  let bMagnitude = bBits & 0x7fffffffu;
  if (aMagnitude == 0u && bMagnitude == 0u) {
    return 0;
  }
  let aSign = aBits >> 31u;
  let bSign = bBits >> 31u;
  if (aSign != bSign) {
    return select(1, -1, aSign == 1u);
  }
  if (aMagnitude == bMagnitude) {
    return 0;
  }
  let magnitudeComparison = select(-1, 1, aMagnitude > bMagnitude);
  return select(magnitudeComparison, -magnitudeComparison, aSign == 1u);
}

// Normalize an arbitrary pair of finite f32 limbs with integer accumulation.
// This is independent of LUMA_FP64_INTEGER_ARITHMETIC and canonicalizes every
// representation of zero to vec2f(+0.0, +0.0).
fn normalize_fp64(value: vec2f) -> vec2f {
  let resultBits = fp64_add_raw_f32_bits(bitcast<u32>(value.x), bitcast<u32>(value.y));
  return vec2f(bitcast<f32>(resultBits.x), bitcast<f32>(resultBits.y));
}

fn is_nan_fp64(value: vec2f) -> bool {
  let normalized = normalize_fp64(value);
  return fp64_f32_bits_is_nan(bitcast<u32>(normalized.x)) ||
    fp64_f32_bits_is_nan(bitcast<u32>(normalized.y));
}

fn is_finite_fp64(value: vec2f) -> bool {
  let normalized = normalize_fp64(value);
  let highBits = bitcast<u32>(normalized.x);
  let lowBits = bitcast<u32>(normalized.y);
  return !fp64_f32_bits_is_nan(highBits) && !fp64_f32_bits_is_nan(lowBits) &&
    !fp64_f32_bits_is_inf(highBits) && !fp64_f32_bits_is_inf(lowBits);
}

// Returns -1, 0, or 1. NaN is unordered and returns 0; call is_nan_fp64 or
// is_finite_fp64 first when 0 must mean a finite zero.
fn sign_fp64(value: vec2f) -> i32 {
  let normalized = normalize_fp64(value);
  let highBits = bitcast<u32>(normalized.x);
  let lowBits = bitcast<u32>(normalized.y);
  if (fp64_f32_bits_is_nan(highBits) || fp64_f32_bits_is_nan(lowBits)) {
    return 0;
  }
  if ((highBits & 0x7fffffffu) != 0u) {
    return select(1, -1, (highBits >> 31u) == 1u);
  }
  if ((lowBits & 0x7fffffffu) != 0u) {
    return select(1, -1, (lowBits >> 31u) == 1u);
  }
  return 0;
}

// Compares double-single values and returns -1, 0, or 1. NaN is unordered
// and returns 0; callers that require equality semantics must first check
// is_nan_fp64 or is_finite_fp64.
fn compare_fp64(a: vec2f, b: vec2f) -> i32 {
  let normalizedA = normalize_fp64(a);
  let normalizedB = normalize_fp64(b);
  let aHighBits = bitcast<u32>(normalizedA.x);
  let aLowBits = bitcast<u32>(normalizedA.y);
  let bHighBits = bitcast<u32>(normalizedB.x);
  let bLowBits = bitcast<u32>(normalizedB.y);
  if (fp64_f32_bits_is_nan(aHighBits) || fp64_f32_bits_is_nan(aLowBits) ||
      fp64_f32_bits_is_nan(bHighBits) || fp64_f32_bits_is_nan(bLowBits)) {
    return 0;
  }
  let highComparison = fp64_compare_f32_bits(aHighBits, bHighBits);
  if (highComparison != 0) {
    return highComparison;
  }
  return fp64_compare_f32_bits(aLowBits, bLowBits);
}
#endif
`});var SM,yh,Tx=_(()=>{_x();xx();Sx();SM={ONE:1,SPLIT:4097},yh={name:"fp64arithmetic",source:Ex,fs:_h,vs:_h,defaultUniforms:SM,uniformTypes:{ONE:"f32",SPLIT:"f32"},fp64ify:ph,fp64LowPart:mx,fp64ifyMatrix4:gx}});function Lx(t){return`layout(std140) uniform ${t}Uniforms {
  float useByteColors;
} ${t};

vec3 ${t}_normalize(vec3 inputColor) {
  return ${t}.useByteColors > 0.5 ? inputColor / 255.0 : inputColor;
}

vec4 ${t}_normalize(vec4 inputColor) {
  return ${t}.useByteColors > 0.5 ? inputColor / 255.0 : inputColor;
}

vec4 ${t}_premultiplyAlpha(vec4 inputColor) {
  return vec4(inputColor.rgb * inputColor.a, inputColor.a);
}

vec4 ${t}_unpremultiplyAlpha(vec4 inputColor) {
  return inputColor.a > 0.0 ? vec4(inputColor.rgb / inputColor.a, inputColor.a) : vec4(0.0);
}

vec4 ${t}_premultiply_alpha(vec4 inputColor) {
  return ${t}_premultiplyAlpha(inputColor);
}

vec4 ${t}_unpremultiply_alpha(vec4 inputColor) {
  return ${t}_unpremultiplyAlpha(inputColor);
}
`}function Ax(t){return`struct ${t}Uniforms {
  useByteColors: f32
};

@group(0) @binding(auto) var<uniform> ${t} : ${t}Uniforms;

fn ${t}_normalize(inputColor: vec3<f32>) -> vec3<f32> {
  return select(inputColor, inputColor / 255.0, ${t}.useByteColors > 0.5);
}

fn ${t}_normalize4(inputColor: vec4<f32>) -> vec4<f32> {
  return select(inputColor, inputColor / 255.0, ${t}.useByteColors > 0.5);
}

fn ${t}_premultiplyAlpha(inputColor: vec4<f32>) -> vec4<f32> {
  return vec4<f32>(inputColor.rgb * inputColor.a, inputColor.a);
}

fn ${t}_unpremultiplyAlpha(inputColor: vec4<f32>) -> vec4<f32> {
  return select(
    vec4<f32>(0.0),
    vec4<f32>(inputColor.rgb / inputColor.a, inputColor.a),
    inputColor.a > 0.0
  );
}

fn ${t}_premultiply_alpha(inputColor: vec4<f32>) -> vec4<f32> {
  return ${t}_premultiplyAlpha(inputColor);
}

fn ${t}_unpremultiply_alpha(inputColor: vec4<f32>) -> vec4<f32> {
  return ${t}_unpremultiplyAlpha(inputColor);
}
`}var $t,TM,PM,L8,A8,LM,AM,C8,M8,Px,I8,CM,R8,Cx,Mx=_(()=>{$t={RGBA8UNORM:0,RGBA16FLOAT:1,RGBA32FLOAT:2},TM={rgba8unorm:4,rgba16float:8,rgba32float:16},PM={...TM},L8={rgba8unorm:$t.RGBA8UNORM,rgba16float:$t.RGBA16FLOAT,rgba32float:$t.RGBA32FLOAT},A8={[$t.RGBA8UNORM]:"rgba8unorm",[$t.RGBA16FLOAT]:"rgba16float",[$t.RGBA32FLOAT]:"rgba32float"},LM={useByteColors:"f32"},AM={useByteColors:!0},C8={format:$t.RGBA8UNORM,wordStride:PM.rgba8unorm/Uint32Array.BYTES_PER_ELEMENT,wordOffset:0,_padding:0},M8=Lx("colors"),Px=Lx("floatColors"),I8=Ax("colors"),CM=Ax("floatColors"),R8=`struct storageColorsUniforms {
  format: u32,
  wordStride: u32,
  wordOffset: u32,
  _padding: u32
};

@group(0) @binding(auto) var<uniform> storageColors : storageColorsUniforms;
@group(0) @binding(auto) var<storage, read> storageColorsBuffer : array<u32>;

const STORAGE_COLOR_FORMAT_RGBA8UNORM : u32 = ${$t.RGBA8UNORM}u;
const STORAGE_COLOR_FORMAT_RGBA16FLOAT : u32 = ${$t.RGBA16FLOAT}u;

fn storageColors_getWordIndex(rowIndex: u32) -> u32 {
  return storageColors.wordOffset + rowIndex * storageColors.wordStride;
}

fn storageColors_readRgba8UnormColor(wordIndex: u32) -> vec4<f32> {
  return unpack4x8unorm(storageColorsBuffer[wordIndex]);
}

fn storageColors_readRgba16FloatColor(wordIndex: u32) -> vec4<f32> {
  let redGreen = unpack2x16float(storageColorsBuffer[wordIndex]);
  let blueAlpha = unpack2x16float(storageColorsBuffer[wordIndex + 1u]);
  return vec4<f32>(redGreen.x, redGreen.y, blueAlpha.x, blueAlpha.y);
}

fn storageColors_readRgba32FloatColor(wordIndex: u32) -> vec4<f32> {
  return vec4<f32>(
    bitcast<f32>(storageColorsBuffer[wordIndex]),
    bitcast<f32>(storageColorsBuffer[wordIndex + 1u]),
    bitcast<f32>(storageColorsBuffer[wordIndex + 2u]),
    bitcast<f32>(storageColorsBuffer[wordIndex + 3u])
  );
}

fn storageColors_readColor(rowIndex: u32) -> vec4<f32> {
  let wordIndex = storageColors_getWordIndex(rowIndex);
  if (storageColors.format == STORAGE_COLOR_FORMAT_RGBA8UNORM) {
    return storageColors_readRgba8UnormColor(wordIndex);
  }
  if (storageColors.format == STORAGE_COLOR_FORMAT_RGBA16FLOAT) {
    return storageColors_readRgba16FloatColor(wordIndex);
  }
  return storageColors_readRgba32FloatColor(wordIndex);
}
`;Cx={name:"floatColors",props:{},uniforms:{},vs:Px,fs:Px,source:CM,uniformTypes:LM,defaultUniforms:AM}});function BM(t={},e){let r={},n=fc(t.useByteColors,!0);if(t.highlightedObjectColor!==void 0)if(t.highlightedObjectColor===null)r.isHighlightActive=!1;else{r.isHighlightActive=!0;let i=t.highlightedObjectColor.slice(0,3);r.highlightedObjectColor=i}return t.highlightColor&&(r.highlightColor=yx(t.highlightColor,n)),t.isActive!==void 0&&(r.isActive=!!t.isActive,r.isAttribute=!!t.isAttribute),t.useByteColors!==void 0&&(r.useByteColors=!!t.useByteColors),r}var MM,IM,RM,sr,Ix=_(()=>{gh();MM=[0,1,1,1],IM=`layout(std140) uniform pickingUniforms {
  float isActive;
  float isAttribute;
  float isHighlightActive;
  float useByteColors;
  vec3 highlightedObjectColor;
  vec4 highlightColor;
} picking;

out vec4 picking_vRGBcolor_Avalid;

// Normalize unsigned byte color to 0-1 range
vec3 picking_normalizeColor(vec3 color) {
  return picking.useByteColors > 0.5 ? color / 255.0 : color;
}

// Normalize unsigned byte color to 0-1 range
vec4 picking_normalizeColor(vec4 color) {
  return picking.useByteColors > 0.5 ? color / 255.0 : color;
}

bool picking_isColorZero(vec3 color) {
  return dot(color, vec3(1.0)) < 0.00001;
}

bool picking_isColorValid(vec3 color) {
  return dot(color, vec3(1.0)) > 0.00001;
}

// Check if this vertex is highlighted 
bool isVertexHighlighted(vec3 vertexColor) {
  vec3 highlightedObjectColor = picking_normalizeColor(picking.highlightedObjectColor);
  return
    bool(picking.isHighlightActive) && picking_isColorZero(abs(vertexColor - highlightedObjectColor));
}

// Set the current picking color
void picking_setPickingColor(vec3 pickingColor) {
  pickingColor = picking_normalizeColor(pickingColor);

  if (bool(picking.isActive)) {
    // Use alpha as the validity flag. If pickingColor is [0, 0, 0] fragment is non-pickable
    picking_vRGBcolor_Avalid.a = float(picking_isColorValid(pickingColor));

    if (!bool(picking.isAttribute)) {
      // Stores the picking color so that the fragment shader can render it during picking
      picking_vRGBcolor_Avalid.rgb = pickingColor;
    }
  } else {
    // Do the comparison with selected item color in vertex shader as it should mean fewer compares
    picking_vRGBcolor_Avalid.a = float(isVertexHighlighted(pickingColor));
  }
}

void picking_setPickingAttribute(float value) {
  if (bool(picking.isAttribute)) {
    picking_vRGBcolor_Avalid.r = value;
  }
}

void picking_setPickingAttribute(vec2 value) {
  if (bool(picking.isAttribute)) {
    picking_vRGBcolor_Avalid.rg = value;
  }
}

void picking_setPickingAttribute(vec3 value) {
  if (bool(picking.isAttribute)) {
    picking_vRGBcolor_Avalid.rgb = value;
  }
}
`,RM=`layout(std140) uniform pickingUniforms {
  float isActive;
  float isAttribute;
  float isHighlightActive;
  float useByteColors;
  vec3 highlightedObjectColor;
  vec4 highlightColor;
} picking;

in vec4 picking_vRGBcolor_Avalid;

/*
 * Returns highlight color if this item is selected.
 */
vec4 picking_filterHighlightColor(vec4 color) {
  // If we are still picking, we don't highlight
  if (picking.isActive > 0.5) {
    return color;
  }

  bool selected = bool(picking_vRGBcolor_Avalid.a);

  if (selected) {
    // Blend in highlight color based on its alpha value
    float highLightAlpha = picking.highlightColor.a;
    float blendedAlpha = highLightAlpha + color.a * (1.0 - highLightAlpha);
    float highLightRatio = highLightAlpha / blendedAlpha;

    vec3 blendedRGB = mix(color.rgb, picking.highlightColor.rgb, highLightRatio);
    return vec4(blendedRGB, blendedAlpha);
  } else {
    return color;
  }
}

/*
 * Returns picking color if picking enabled else unmodified argument.
 */
vec4 picking_filterPickingColor(vec4 color) {
  if (bool(picking.isActive)) {
    if (picking_vRGBcolor_Avalid.a == 0.0) {
      discard;
    }
    return picking_vRGBcolor_Avalid;
  }
  return color;
}

/*
 * Returns picking color if picking is enabled if not
 * highlight color if this item is selected, otherwise unmodified argument.
 */
vec4 picking_filterColor(vec4 color) {
  vec4 highlightColor = picking_filterHighlightColor(color);
  return picking_filterPickingColor(highlightColor);
}
`,sr={props:{},uniforms:{},name:"picking",uniformTypes:{isActive:"f32",isAttribute:"f32",isHighlightActive:"f32",useByteColors:"f32",highlightedObjectColor:"vec3<f32>",highlightColor:"vec4<f32>"},defaultUniforms:{isActive:!1,isAttribute:!1,isHighlightActive:!1,useByteColors:!0,highlightedObjectColor:[0,0,0],highlightColor:MM},vs:IM,fs:RM,getUniforms:BM}});var bh,Rx=_(()=>{bh=`precision highp int;

// #if (defined(SHADER_TYPE_FRAGMENT) && defined(LIGHTING_FRAGMENT)) || (defined(SHADER_TYPE_VERTEX) && defined(LIGHTING_VERTEX))
struct AmbientLight {
  vec3 color;
};

struct PointLight {
  vec3 color;
  vec3 position;
  vec3 attenuation; // 2nd order x:Constant-y:Linear-z:Exponential
};

struct SpotLight {
  vec3 color;
  vec3 position;
  vec3 direction;
  vec3 attenuation;
  vec2 coneCos;
};

struct DirectionalLight {
  vec3 color;
  vec3 direction;
};

struct UniformLight {
  vec3 color;
  vec3 position;
  vec3 direction;
  vec3 attenuation;
  vec2 coneCos;
};

layout(std140) uniform lightingUniforms {
  int enabled;
  int directionalLightCount;
  int pointLightCount;
  int spotLightCount;
  vec3 ambientColor;
  UniformLight lights[5];
} lighting;

PointLight lighting_getPointLight(int index) {
  UniformLight light = lighting.lights[index];
  return PointLight(light.color, light.position, light.attenuation);
}

SpotLight lighting_getSpotLight(int index) {
  UniformLight light = lighting.lights[lighting.pointLightCount + index];
  return SpotLight(light.color, light.position, light.direction, light.attenuation, light.coneCos);
}

DirectionalLight lighting_getDirectionalLight(int index) {
  UniformLight light =
    lighting.lights[lighting.pointLightCount + lighting.spotLightCount + index];
  return DirectionalLight(light.color, light.direction);
}

float getPointLightAttenuation(PointLight pointLight, float distance) {
  return pointLight.attenuation.x
       + pointLight.attenuation.y * distance
       + pointLight.attenuation.z * distance * distance;
}

float getSpotLightAttenuation(SpotLight spotLight, vec3 positionWorldspace) {
  vec3 light_direction = normalize(positionWorldspace - spotLight.position);
  float coneFactor = smoothstep(
    spotLight.coneCos.y,
    spotLight.coneCos.x,
    dot(normalize(spotLight.direction), light_direction)
  );
  float distanceAttenuation = getPointLightAttenuation(
    PointLight(spotLight.color, spotLight.position, spotLight.attenuation),
    distance(spotLight.position, positionWorldspace)
  );
  return distanceAttenuation / max(coneFactor, 0.0001);
}

// #endif
`});var Bx,Ox=_(()=>{Bx=`// #if (defined(SHADER_TYPE_FRAGMENT) && defined(LIGHTING_FRAGMENT)) || (defined(SHADER_TYPE_VERTEX) && defined(LIGHTING_VERTEX))
const MAX_LIGHTS: i32 = 5;

struct AmbientLight {
  color: vec3<f32>,
};

struct PointLight {
  color: vec3<f32>,
  position: vec3<f32>,
  attenuation: vec3<f32>, // 2nd order x:Constant-y:Linear-z:Exponential
};

struct SpotLight {
  color: vec3<f32>,
  position: vec3<f32>,
  direction: vec3<f32>,
  attenuation: vec3<f32>,
  coneCos: vec2<f32>,
};

struct DirectionalLight {
  color: vec3<f32>,
  direction: vec3<f32>,
};

struct UniformLight {
  color: vec3<f32>,
  position: vec3<f32>,
  direction: vec3<f32>,
  attenuation: vec3<f32>,
  coneCos: vec2<f32>,
};

struct lightingUniforms {
  enabled: i32,
  directionalLightCount: i32,
  pointLightCount: i32,
  spotLightCount: i32,
  ambientColor: vec3<f32>,
  lights: array<UniformLight, 5>,
};

@group(2) @binding(auto) var<uniform> lighting : lightingUniforms;

fn lighting_getPointLight(index: i32) -> PointLight {
  let light = lighting.lights[index];
  return PointLight(light.color, light.position, light.attenuation);
}

fn lighting_getSpotLight(index: i32) -> SpotLight {
  let light = lighting.lights[lighting.pointLightCount + index];
  return SpotLight(light.color, light.position, light.direction, light.attenuation, light.coneCos);
}

fn lighting_getDirectionalLight(index: i32) -> DirectionalLight {
  let light = lighting.lights[lighting.pointLightCount + lighting.spotLightCount + index];
  return DirectionalLight(light.color, light.direction);
}

fn getPointLightAttenuation(pointLight: PointLight, distance: f32) -> f32 {
  return pointLight.attenuation.x
       + pointLight.attenuation.y * distance
       + pointLight.attenuation.z * distance * distance;
}

fn getSpotLightAttenuation(spotLight: SpotLight, positionWorldspace: vec3<f32>) -> f32 {
  let lightDirection = normalize(positionWorldspace - spotLight.position);
  let coneFactor = smoothstep(
    spotLight.coneCos.y,
    spotLight.coneCos.x,
    dot(normalize(spotLight.direction), lightDirection)
  );
  let distanceAttenuation = getPointLightAttenuation(
    PointLight(spotLight.color, spotLight.position, spotLight.attenuation),
    distance(spotLight.position, positionWorldspace)
  );
  return distanceAttenuation / max(coneFactor, 0.0001);
}
`});function kM(t,e={}){if(t=t&&{...t},!t)return hc();t.lights&&(t={...t,...NM(t.lights),lights:void 0});let{useByteColors:r,ambientLight:n,pointLights:i,spotLights:o,directionalLights:s}=t||{};if(!(n||i&&i.length>0||o&&o.length>0||s&&s.length>0))return{...hc(),enabled:0};let c={...hc(),...DM({useByteColors:r,ambientLight:n,pointLights:i,spotLights:o,directionalLights:s})};return t.enabled!==void 0&&(c.enabled=t.enabled?1:0),c}function DM({useByteColors:t,ambientLight:e,pointLights:r=[],spotLights:n=[],directionalLights:i=[]}){let o=Dx(),s=0,a=0,c=0,l=0;for(let u of r){if(s>=Yr)break;o[s]={...o[s],color:dc(u,t),position:u.position,attenuation:u.attenuation||[1,0,0]},s++,a++}for(let u of n){if(s>=Yr)break;o[s]={...o[s],color:dc(u,t),position:u.position,direction:u.direction,attenuation:u.attenuation||[1,0,0],coneCos:UM(u)},s++,c++}for(let u of i){if(s>=Yr)break;o[s]={...o[s],color:dc(u,t),direction:u.direction},s++,l++}return r.length+n.length+i.length>Yr&&S.warn(`MAX_LIGHTS exceeded, truncating to ${Yr}`)(),{ambientColor:dc(e,t),directionalLightCount:l,pointLightCount:a,spotLightCount:c,lights:o}}function NM(t){let e={pointLights:[],spotLights:[],directionalLights:[]};for(let r of t||[])switch(r.type){case"ambient":e.ambientLight=r;break;case"directional":e.directionalLights?.push(r);break;case"point":e.pointLights?.push(r);break;case"spot":e.spotLights?.push(r);break;default:}return e}function dc(t={},e){let{color:r=[0,0,0],intensity:n=1}=t;return mh(r,fc(e,!0)).map(o=>o*n)}function hc(){return{enabled:1,directionalLightCount:0,pointLightCount:0,spotLightCount:0,ambientColor:[.1,.1,.1],lights:Dx()}}function Dx(){return Array.from({length:Yr},()=>FM())}function FM(){return{color:[1,1,1],position:[1,1,2],direction:[1,1,1],attenuation:[1,0,0],coneCos:[1,0]}}function UM(t){let e=t.innerConeAngle??0,r=t.outerConeAngle??Math.PI/4;return[Math.cos(e),Math.cos(r)]}var Yr,OM,kx,Nx=_(()=>{R();Rx();Ox();gh();Yr=5,OM={color:"vec3<f32>",position:"vec3<f32>",direction:"vec3<f32>",attenuation:"vec3<f32>",coneCos:"vec2<f32>"},kx={props:{},uniforms:{},name:"lighting",defines:{},uniformTypes:{enabled:"i32",directionalLightCount:"i32",pointLightCount:"i32",spotLightCount:"i32",ambientColor:"vec3<f32>",lights:[OM,Yr]},defaultUniforms:hc(),bindingLayout:[{name:"lighting",group:2}],firstBindingSlot:0,source:Bx,vs:bh,fs:bh,getUniforms:kM}});var Fx,Ux,Gx=_(()=>{Fx=`layout(std140) uniform phongMaterialUniforms {
  uniform bool unlit;
  uniform float ambient;
  uniform float diffuse;
  uniform float shininess;
  uniform vec3  specularColor;
} material;
`,Ux=`layout(std140) uniform phongMaterialUniforms {
  uniform bool unlit;
  uniform float ambient;
  uniform float diffuse;
  uniform float shininess;
  uniform vec3  specularColor;
} material;

vec3 lighting_getLightColor(vec3 surfaceColor, vec3 light_direction, vec3 view_direction, vec3 normal_worldspace, vec3 color) {
  vec3 halfway_direction = normalize(light_direction + view_direction);
  float lambertian = dot(light_direction, normal_worldspace);
  float specular = 0.0;
  if (lambertian > 0.0) {
    float specular_angle = max(dot(normal_worldspace, halfway_direction), 0.0);
    specular = pow(specular_angle, material.shininess);
  }
  lambertian = max(lambertian, 0.0);
  return (lambertian * material.diffuse * surfaceColor + specular * floatColors_normalize(material.specularColor)) * color;
}

vec3 lighting_getLightColor(vec3 surfaceColor, vec3 cameraPosition, vec3 position_worldspace, vec3 normal_worldspace) {
  vec3 lightColor = surfaceColor;

  if (material.unlit) {
    return surfaceColor;
  }

  if (lighting.enabled == 0) {
    return lightColor;
  }

  vec3 view_direction = normalize(cameraPosition - position_worldspace);
  lightColor = material.ambient * surfaceColor * lighting.ambientColor;

  for (int i = 0; i < lighting.pointLightCount; i++) {
    PointLight pointLight = lighting_getPointLight(i);
    vec3 light_position_worldspace = pointLight.position;
    vec3 light_direction = normalize(light_position_worldspace - position_worldspace);
    float light_attenuation = getPointLightAttenuation(pointLight, distance(light_position_worldspace, position_worldspace));
    lightColor += lighting_getLightColor(surfaceColor, light_direction, view_direction, normal_worldspace, pointLight.color / light_attenuation);
  }

  for (int i = 0; i < lighting.spotLightCount; i++) {
    SpotLight spotLight = lighting_getSpotLight(i);
    vec3 light_position_worldspace = spotLight.position;
    vec3 light_direction = normalize(light_position_worldspace - position_worldspace);
    float light_attenuation = getSpotLightAttenuation(spotLight, position_worldspace);
    lightColor += lighting_getLightColor(surfaceColor, light_direction, view_direction, normal_worldspace, spotLight.color / light_attenuation);
  }

  for (int i = 0; i < lighting.directionalLightCount; i++) {
    DirectionalLight directionalLight = lighting_getDirectionalLight(i);
    lightColor += lighting_getLightColor(surfaceColor, -directionalLight.direction, view_direction, normal_worldspace, directionalLight.color);
  }
  
  return lightColor;
}
`});var $x,zx=_(()=>{$x=`struct phongMaterialUniforms {
  unlit: u32,
  ambient: f32,
  diffuse: f32,
  shininess: f32,
  specularColor: vec3<f32>,
};

@group(3) @binding(auto) var<uniform> phongMaterial : phongMaterialUniforms;

fn lighting_getLightColor(surfaceColor: vec3<f32>, light_direction: vec3<f32>, view_direction: vec3<f32>, normal_worldspace: vec3<f32>, color: vec3<f32>) -> vec3<f32> {
  let halfway_direction: vec3<f32> = normalize(light_direction + view_direction);
  var lambertian: f32 = dot(light_direction, normal_worldspace);
  var specular: f32 = 0.0;
  if (lambertian > 0.0) {
    let specular_angle = max(dot(normal_worldspace, halfway_direction), 0.0);
    specular = pow(specular_angle, phongMaterial.shininess);
  }
  lambertian = max(lambertian, 0.0);
  return (
    lambertian * phongMaterial.diffuse * surfaceColor +
    specular * floatColors_normalize(phongMaterial.specularColor)
  ) * color;
}

fn lighting_getLightColor2(surfaceColor: vec3<f32>, cameraPosition: vec3<f32>, position_worldspace: vec3<f32>, normal_worldspace: vec3<f32>) -> vec3<f32> {
  var lightColor: vec3<f32> = surfaceColor;

  if (phongMaterial.unlit != 0u) {
    return surfaceColor;
  }

  if (lighting.enabled == 0) {
    return lightColor;
  }

  let view_direction: vec3<f32> = normalize(cameraPosition - position_worldspace);
  lightColor = phongMaterial.ambient * surfaceColor * lighting.ambientColor;

  for (var i: i32 = 0; i < lighting.pointLightCount; i++) {
    let pointLight: PointLight = lighting_getPointLight(i);
    let light_position_worldspace: vec3<f32> = pointLight.position;
    let light_direction: vec3<f32> = normalize(light_position_worldspace - position_worldspace);
    let light_attenuation = getPointLightAttenuation(
      pointLight,
      distance(light_position_worldspace, position_worldspace)
    );
    lightColor += lighting_getLightColor(
      surfaceColor,
      light_direction,
      view_direction,
      normal_worldspace,
      pointLight.color / light_attenuation
    );
  }

  for (var i: i32 = 0; i < lighting.spotLightCount; i++) {
    let spotLight: SpotLight = lighting_getSpotLight(i);
    let light_position_worldspace: vec3<f32> = spotLight.position;
    let light_direction: vec3<f32> = normalize(light_position_worldspace - position_worldspace);
    let light_attenuation = getSpotLightAttenuation(spotLight, position_worldspace);
    lightColor += lighting_getLightColor(
      surfaceColor,
      light_direction,
      view_direction,
      normal_worldspace,
      spotLight.color / light_attenuation
    );
  }

  for (var i: i32 = 0; i < lighting.directionalLightCount; i++) {
    let directionalLight: DirectionalLight = lighting_getDirectionalLight(i);
    lightColor += lighting_getLightColor(surfaceColor, -directionalLight.direction, view_direction, normal_worldspace, directionalLight.color);
  }  
  
  return lightColor;
}

fn lighting_getSpecularLightColor(cameraPosition: vec3<f32>, position_worldspace: vec3<f32>, normal_worldspace: vec3<f32>) -> vec3<f32>{
  var lightColor = vec3<f32>(0, 0, 0);
  let surfaceColor = vec3<f32>(0, 0, 0);

  if (lighting.enabled != 0) {
    let view_direction = normalize(cameraPosition - position_worldspace);

    for (var i: i32 = 0; i < lighting.pointLightCount; i++) {
      let pointLight: PointLight = lighting_getPointLight(i);
      let light_position_worldspace: vec3<f32> = pointLight.position;
      let light_direction: vec3<f32> = normalize(light_position_worldspace - position_worldspace);
      let light_attenuation = getPointLightAttenuation(
        pointLight,
        distance(light_position_worldspace, position_worldspace)
      );
      lightColor += lighting_getLightColor(
        surfaceColor,
        light_direction,
        view_direction,
        normal_worldspace,
        pointLight.color / light_attenuation
      );
    }

    for (var i: i32 = 0; i < lighting.spotLightCount; i++) {
      let spotLight: SpotLight = lighting_getSpotLight(i);
      let light_position_worldspace: vec3<f32> = spotLight.position;
      let light_direction: vec3<f32> = normalize(light_position_worldspace - position_worldspace);
      let light_attenuation = getSpotLightAttenuation(spotLight, position_worldspace);
      lightColor += lighting_getLightColor(
        surfaceColor,
        light_direction,
        view_direction,
        normal_worldspace,
        spotLight.color / light_attenuation
      );
    }

    for (var i: i32 = 0; i < lighting.directionalLightCount; i++) {
        let directionalLight: DirectionalLight = lighting_getDirectionalLight(i);
        lightColor += lighting_getLightColor(surfaceColor, -directionalLight.direction, view_direction, normal_worldspace, directionalLight.color);
    }
  }
  return lightColor;
}
`});var GM,Nn,Vx=_(()=>{Mx();Nx();Gx();zx();GM=[38.25,38.25,38.25],Nn={props:{},name:"gouraudMaterial",bindingLayout:[{name:"gouraudMaterial",group:3}],vs:Ux.replace("phongMaterial","gouraudMaterial"),fs:Fx.replace("phongMaterial","gouraudMaterial"),source:$x.replaceAll("phongMaterial","gouraudMaterial"),defines:{LIGHTING_VERTEX:!0},dependencies:[kx,Cx],uniformTypes:{unlit:"i32",ambient:"f32",diffuse:"f32",shininess:"f32",specularColor:"vec3<f32>"},defaultUniforms:{unlit:!1,ambient:.35,diffuse:.6,shininess:32,specularColor:GM},getUniforms(t){return{...Nn.defaultUniforms,...t}}}});var Ae=_(()=>{Rf();Dy();_d();gb();yb();bx();Tx();Ix();Vx()});function vt(t="id"){zh[t]=zh[t]||1;let e=zh[t]++;return`${t}-${e}`}var zh,ei=_(()=>{zh={}});function en(t){switch(t){case"POSITION":return"positions";case"NORMAL":return"normals";case"TEXCOORD_0":return"texCoords";case"TEXCOORD_1":return"texCoords1";case"COLOR_0":return"colors";default:return t}}function NR(t){let e=[];for(let[r,n]of Object.entries(t)){if(!n)continue;let{value:i,size:o,normalized:s}=n;if(o===void 0)throw new Error(`Attribute ${r} is missing a size`);e.push({name:en(r),format:H.getVertexFormatFromAttribute(i,o,s)})}return e}var dr,Gc=_(()=>{R();ei();dr=class{id;topology;vertexCount;indices;attributes;bufferLayout;userData={};constructor(e){let{attributes:r={},indices:n=null,vertexCount:i=null}=e;this.id=e.id||vt("geometry"),this.topology=e.topology,n&&(this.indices=ArrayBuffer.isView(n)?{value:n,size:1}:n),this.attributes={};for(let[o,s]of Object.entries(r)){let a=ArrayBuffer.isView(s)?{value:s}:s;if(!ArrayBuffer.isView(a.value))throw new Error(`${this._print(o)}: must be typed array or object with value as typed array`);if((o==="POSITION"||o==="positions")&&!a.size&&(a.size=3),o==="indices"){if(this.indices)throw new Error("Multiple indices detected");this.indices=a}else{let c=en(o),l=Object.keys(this.attributes).find(u=>en(u)===c);l&&delete this.attributes[l],this.attributes[o]=a}}this.indices&&this.indices.isIndexed!==void 0&&(this.indices=Object.assign({},this.indices),delete this.indices.isIndexed),this.vertexCount=i||this._calculateVertexCount(this.attributes,this.indices),this.bufferLayout=e.bufferLayout||NR(this.attributes)}getVertexCount(){return this.vertexCount}getAttributes(){return this.indices?{indices:this.indices,...this.attributes}:this.attributes}_print(e){return`Geometry ${this.id} attribute ${e}`}_setAttributes(e,r){return this}_calculateVertexCount(e,r){if(r)return r.value.length;let n=1/0;for(let i of Object.values(e)){if(!i)continue;let{value:o,size:s,constant:a}=i;!a&&o&&s!==void 0&&s>=1&&(n=Math.min(n,o.length/s))}return n}}});function z0(t,e={}){let r=e.bufferName||"geometry";if(FR(t,r))return t;let n=e.minAttributeAlignment||4,i=UR(t,e.attributes),o=[],s=0,a=1/0;for(let[u,f]of i){if(!f)continue;if(f.constant)throw new Error(`Attribute ${u} is constant`);let{value:d,size:h,normalized:p}=f;if(!ArrayBuffer.isView(d))throw new Error(`Attribute ${u} is missing typed array data`);if(h===void 0)throw new Error(`Attribute ${u} is missing a size`);let g=H.getVertexFormatFromAttribute(d,h,p),m=H.getVertexFormatInfo(g);s=$0(s,n),o.push({sourceName:u,attributeName:en(u),value:d,size:h,format:g,byteOffset:s,byteLength:m.byteLength}),s+=m.byteLength;let b=d.length/h;if(!Number.isInteger(b))throw new Error(`Attribute ${u} length is not divisible by size`);a=Math.min(a,b)}if(o.length===0||!Number.isFinite(a))throw new Error(`Geometry ${t.id} has no interleavable attributes`);let c=$0(s,n),l=new ArrayBuffer(a*c);for(let u of o)GR(l,a,c,u);return new dr({id:t.id,topology:t.topology||"triangle-list",vertexCount:t.vertexCount,indices:t.indices,attributes:{[r]:{value:new Uint8Array(l),size:c,byteStride:c}},bufferLayout:[{name:r,stepMode:"vertex",byteStride:c,attributes:o.map(u=>({attribute:u.attributeName,format:u.format,byteOffset:u.byteOffset}))}]})}function FR(t,e){if(t.bufferLayout.length!==1)return!1;let r=t.bufferLayout[0];return r.name===e&&!!r.attributes?.length&&!!t.attributes[e]}function UR(t,e){return e?e.map(r=>[r,t.attributes[r]]):Object.entries(t.attributes)}function GR(t,e,r,n){let i=n.value.constructor,o=i.BYTES_PER_ELEMENT;if(n.byteOffset%o!==0||r%o!==0)throw new Error(`Attribute ${n.sourceName} is not aligned to its component type`);let s=new i(t),a=n.value,c=n.byteOffset/o,l=r/o;for(let u=0;u<e;u++){let f=u*n.size,d=u*l+c;for(let h=0;h<n.size;h++)s[d+h]=a[f+h]}}function $0(t,e){return Math.ceil(t/e)*e}var V0=_(()=>{R();Gc()});var $R,zR,tn,W0=_(()=>{$R=1,zR=1,tn=class{time=0;channels=new Map;animations=new Map;playing=!1;lastEngineTime=-1;constructor(){}addChannel(e){let{delay:r=0,duration:n=Number.POSITIVE_INFINITY,rate:i=1,repeat:o=1}=e,s=$R++,a={time:0,delay:r,duration:n,rate:i,repeat:o};return this._setChannelTime(a,this.time),this.channels.set(s,a),s}removeChannel(e){this.channels.delete(e);for(let[r,n]of this.animations)n.channel===e&&this.detachAnimation(r)}isFinished(e){let r=this.channels.get(e);return r===void 0?!1:this.time>=r.delay+r.duration*r.repeat}getTime(e){if(e===void 0)return this.time;let r=this.channels.get(e);return r===void 0?-1:r.time}setTime(e){this.time=Math.max(0,e);let r=this.channels.values();for(let i of r)this._setChannelTime(i,this.time);let n=this.animations.values();for(let i of n){let{animation:o,channel:s}=i;o.setTime(this.getTime(s))}}play(){this.playing=!0}pause(){this.playing=!1,this.lastEngineTime=-1}reset(){this.setTime(0)}attachAnimation(e,r){let n=zR++;return this.animations.set(n,{animation:e,channel:r}),e.setTime(this.getTime(r)),n}detachAnimation(e){this.animations.delete(e)}update(e){this.playing&&(this.lastEngineTime===-1&&(this.lastEngineTime=e),this.setTime(this.time+(e-this.lastEngineTime)),this.lastEngineTime=e)}_setChannelTime(e,r){let n=r-e.delay,i=e.duration*e.repeat;n>=i?e.time=e.duration*e.rate:(e.time=Math.max(0,n)%e.duration,e.time*=e.rate)}}});function j0(t){let e=typeof window<"u"?window.requestAnimationFrame||window.webkitRequestAnimationFrame||window.mozRequestAnimationFrame:null;return e?e.call(window,t):setTimeout(()=>t(typeof performance<"u"?performance.now():Date.now()),1e3/60)}function H0(t){let e=typeof window<"u"?window.cancelAnimationFrame||window.webkitCancelAnimationFrame||window.mozCancelAnimationFrame:null;if(e){e.call(window,t);return}clearTimeout(t)}var Y0=_(()=>{});var VR,WR,q0,Ho,X0=_(()=>{R();Y0();Fi();VR=0,WR="Animation Loop",q0={requestAnimationFrame:t=>j0(t),cancelAnimationFrame:t=>H0(t)},Ho=class t{static defaultAnimationLoopProps={device:null,onAddHTML:()=>"",onInitialize:async()=>null,onRender:()=>{},onFinalize:()=>{},onError:e=>{console.error(e)},stats:void 0,autoResizeViewport:!1,animationFrameProvider:q0};device=null;canvas=null;props;animationProps=null;timeline=null;stats;sharedStats;cpuTime;gpuTime;frameRate;display;_needsRedraw="initialized";_initialized=!1;_running=!1;_animationFrameId=null;_nextFramePromise=null;_resolveNextFrame=null;_cpuStartTime=0;_error=null;_lastFrameTime=0;constructor(e){if(this.props={...t.defaultAnimationLoopProps,...e},e=this.props,!e.device)throw new Error("No device provided");this.stats=e.stats||new ze({id:`animation-loop-${VR++}`}),this.sharedStats=Pn.stats.get(WR),this.frameRate=this.stats.get("Frame Rate"),this.frameRate.setSampleSize(1),this.cpuTime=this.stats.get("CPU Time"),this.gpuTime=this.stats.get("GPU Time"),this.setProps({autoResizeViewport:e.autoResizeViewport,animationFrameProvider:e.animationFrameProvider}),this.start=this.start.bind(this),this.stop=this.stop.bind(this),this._onMousemove=this._onMousemove.bind(this),this._onMouseleave=this._onMouseleave.bind(this)}destroy(){this.stop(),this._setDisplay(null),this.device?._disableDebugGPUTime()}delete(){this.destroy()}reportError(e){this._error=e,this.props.onError(e),this.props.onError===t.defaultAnimationLoopProps.onError&&typeof window<"u"&&typeof ErrorEvent<"u"&&window.dispatchEvent(new ErrorEvent("error",{error:e,message:e.message}))}setNeedsRedraw(e){return this._needsRedraw=this._needsRedraw||e,this}needsRedraw(){let e=this._needsRedraw;return this._needsRedraw=!1,e}setProps(e){if("autoResizeViewport"in e&&(this.props.autoResizeViewport=e.autoResizeViewport||!1),"animationFrameProvider"in e){let r=e.animationFrameProvider||q0;if(r!==this.props.animationFrameProvider){let n=this._animationFrameId!==null;n&&this._cancelAnimationFrame(),this.props.animationFrameProvider=r,n&&this._requestAnimationFrame()}}return this}async start(){if(this._running)return this;this._running=!0;try{let e;if(!this._initialized){if(this._initialized=!0,await this._initDevice(),this._initialize(),!this._running)return null;await this.props.onInitialize(this._getAnimationProps())}return this._running?(e!==!1&&(this._cancelAnimationFrame(),this._requestAnimationFrame()),this):null}catch(e){let r=e instanceof Error?e:new Error("Unknown error");throw this.props.onError(r),r}}stop(){if(this._running){let e=this.animationProps;this._cancelAnimationFrame(),this._nextFramePromise=null,this._resolveNextFrame=null,this._running=!1,this._lastFrameTime=0,e&&this.props.onFinalize(e)}return this}redraw(e,r=null){return this.device?.isLost||this._error?this:(this._beginFrameTimers(e),this._setupFrame(),this.animationProps&&(this.animationProps.animationFrame=r),this._updateAnimationProps(),this._renderFrame(this._getAnimationProps()),this._clearNeedsRedraw(),this._resolveNextFrame&&(this._resolveNextFrame(this),this._nextFramePromise=null,this._resolveNextFrame=null),this._endFrameTimers(),this)}attachTimeline(e){return this.timeline=e,this.timeline}detachTimeline(){this.timeline=null}waitForRender(){return this.setNeedsRedraw("waitForRender"),this._nextFramePromise||(this._nextFramePromise=new Promise(e=>{this._resolveNextFrame=e})),this._nextFramePromise}async toDataURL(){if(this.setNeedsRedraw("toDataURL"),await this.waitForRender(),this.canvas instanceof HTMLCanvasElement)return this.canvas.toDataURL();throw new Error("OffscreenCanvas")}_initialize(){this._startEventHandling(),this._initializeAnimationProps(),this._updateAnimationProps(),this._resizeViewport(),this.device?._enableDebugGPUTime()}_setDisplay(e){this.display&&(this.display.destroy(),this.display.animationLoop=null),e&&(e.animationLoop=this),this.display=e}_requestAnimationFrame(){this._running&&(this._animationFrameId=this.props.animationFrameProvider.requestAnimationFrame(this._animationFrame.bind(this)))}_cancelAnimationFrame(){this._animationFrameId!==null&&(this.props.animationFrameProvider.cancelAnimationFrame(this._animationFrameId),this._animationFrameId=null)}_animationFrame(e,r){if(this._running)try{this.redraw(e,r??null),this._requestAnimationFrame()}catch(n){let i=n instanceof Error?n:new Error(String(n));this.reportError(i),this.stop()}}_renderFrame(e){if(this.display){this.display._renderFrame(e);return}let r=this.props.onRender(this._getAnimationProps());this.device&&r!==!1&&this.device.submit()}_clearNeedsRedraw(){this._needsRedraw=!1}_setupFrame(){this._resizeViewport()}_initializeAnimationProps(){let e=this.device?.getDefaultCanvasContext();if(!this.device||!e)throw new Error("loop");let r=e?.canvas,n=e.props.useDevicePixels;this.animationProps={animationLoop:this,device:this.device,canvasContext:e,canvas:r,useDevicePixels:n,timeline:this.timeline,needsRedraw:!1,width:1,height:1,aspect:1,time:0,startTime:Date.now(),engineTime:0,tick:0,tock:0,animationFrame:null,_mousePosition:null}}_getAnimationProps(){if(!this.animationProps)throw new Error("animationProps");return this.animationProps}_updateAnimationProps(){if(!this.animationProps)return;let{width:e,height:r,aspect:n}=this._getSizeAndAspect();(e!==this.animationProps.width||r!==this.animationProps.height)&&this.setNeedsRedraw("drawing buffer resized"),n!==this.animationProps.aspect&&this.setNeedsRedraw("drawing buffer aspect changed"),this.animationProps.width=e,this.animationProps.height=r,this.animationProps.aspect=n,this.animationProps.needsRedraw=this._needsRedraw,this.animationProps.engineTime=Date.now()-this.animationProps.startTime,this.timeline&&this.timeline.update(this.animationProps.engineTime),this.animationProps.tick=Math.floor(this.animationProps.time/1e3*60),this.animationProps.tock++,this.animationProps.time=this.timeline?this.timeline.getTime():this.animationProps.engineTime}async _initDevice(){if(this.device=await this.props.device,!this.device)throw new Error("No device provided");this.canvas=this.device.getDefaultCanvasContext().canvas||null}_createInfoDiv(){if(this.canvas&&this.props.onAddHTML){let e=document.createElement("div");document.body.appendChild(e),e.style.position="relative";let r=document.createElement("div");r.style.position="absolute",r.style.left="10px",r.style.bottom="10px",r.style.width="300px",r.style.background="white",this.canvas instanceof HTMLCanvasElement&&e.appendChild(this.canvas),e.appendChild(r);let n=this.props.onAddHTML(r);n&&(r.innerHTML=n)}}_getSizeAndAspect(){if(!this.device)return{width:1,height:1,aspect:1};let[e,r]=this.device.getDefaultCanvasContext().getDrawingBufferSize(),n=e>0&&r>0?e/r:1;return{width:e,height:r,aspect:n}}_resizeViewport(){this.props.autoResizeViewport&&this.device.gl&&this.device.gl.viewport(0,0,this.device.gl.drawingBufferWidth,this.device.gl.drawingBufferHeight)}_beginFrameTimers(e){let r=e??(typeof performance<"u"?performance.now():Date.now());if(this._lastFrameTime){let n=r-this._lastFrameTime;n>0&&this.frameRate.addTime(n)}this._lastFrameTime=r,this.device?._isDebugGPUTimeEnabled()&&this._consumeEncodedGpuTime(),this.cpuTime.timeStart()}_endFrameTimers(){this.device?._isDebugGPUTimeEnabled()&&this._consumeEncodedGpuTime(),this.cpuTime.timeEnd(),this._updateSharedStats()}_consumeEncodedGpuTime(){if(!this.device)return;let e=this.device.commandEncoder._gpuTimeMs;e!==void 0&&(this.gpuTime.addTime(e),this.device.commandEncoder._gpuTimeMs=void 0)}_updateSharedStats(){if(this.stats!==this.sharedStats){for(let e of Object.keys(this.sharedStats.stats))this.stats.stats[e]||delete this.sharedStats.stats[e];this.stats.forEach(e=>{let r=this.sharedStats.get(e.name,e.type);r.sampleSize=e.sampleSize,r.time=e.time,r.count=e.count,r.samples=e.samples,r.lastTiming=e.lastTiming,r.lastSampleTime=e.lastSampleTime,r.lastSampleCount=e.lastSampleCount,r._count=e._count,r._time=e._time,r._samples=e._samples,r._startTime=e._startTime,r._timerPending=e._timerPending})}}_startEventHandling(){this.canvas&&(this.canvas.addEventListener("mousemove",this._onMousemove.bind(this)),this.canvas.addEventListener("mouseleave",this._onMouseleave.bind(this)))}_onMousemove(e){e instanceof MouseEvent&&(this._getAnimationProps()._mousePosition=[e.offsetX,e.offsetY])}_onMouseleave(e){this._getAnimationProps()._mousePosition=null}}});function Z0(t,e){if(e instanceof $c)return e;let r=z0(e),n=jR(t,r),{attributes:i,bufferLayout:o}=HR(t,r);return new $c({topology:r.topology||"triangle-list",bufferLayout:o,vertexCount:r.vertexCount,indices:n,attributes:i})}function jR(t,e){if(!e.indices)return;let r=e.indices.value;return t.createBuffer({usage:k.INDEX,data:r})}function HR(t,e){let r={};for(let[n,i]of Object.entries(e.attributes)){let o=e.bufferLayout.find(s=>s.name===n)?.name||en(n);i&&(r[o]=t.createBuffer({data:i.value,id:`${n}-buffer`}))}return{attributes:r,bufferLayout:e.bufferLayout,vertexCount:e.vertexCount}}var $c,K0=_(()=>{R();Gc();V0();ei();$c=class{id;userData={};topology;bufferLayout=[];vertexCount;indices;attributes;constructor(e){if(this.id=e.id||vt("geometry"),this.topology=e.topology,this.indices=e.indices||null,this.attributes=e.attributes,this.vertexCount=e.vertexCount,this.bufferLayout=e.bufferLayout||[],this.indices&&!(this.indices.usage&k.INDEX))throw new Error("Index buffer must have INDEX usage")}destroy(){this.indices?.destroy();for(let e of Object.values(this.attributes))e.destroy()}getVertexCount(){return this.vertexCount}getAttributes(){return this.attributes}getIndexes(){return this.indices||null}_calculateVertexCount(e){return e.byteLength/12}}});function Q0(t,e){let r={},n="Values";if(t.attributes.length===0&&!t.varyings?.length)return{"No attributes or varyings":{[n]:"N/A"}};for(let i of t.attributes)if(i){let o=`${i.location} ${i.name}: ${i.type}`;r[`in ${o}`]={[n]:i.stepMode||"vertex"}}for(let i of t.varyings||[]){let o=`${i.location} ${i.name}`;r[`out ${o}`]={[n]:JSON.stringify(i)}}return r}var J0=_(()=>{});function rw(t,e,r){if(t.device.type!=="webgl")return;let n=XR(t.device);if(!n.flushing){if(KR(t)){YR(t,r,n);return}e&&ZR(e)&&e.handle!==null&&(n.queuedFramebuffers.includes(e)||n.queuedFramebuffers.push(e))}}function YR(t,e,r){if(r.queuedFramebuffers.length===0)return;let n=t.device,{gl:i}=n,o=i.getParameter(36010),s=i.getParameter(36006),[a,c]=t.device.getDefaultCanvasContext().getDrawingBufferSize(),l=tw(e.top,8),u=tw(e.left,8);r.flushing=!0;try{for(let f of r.queuedFramebuffers){let[d,h,p,g,m]=qR({framebuffer:f,targetWidth:a,targetHeight:c,topPx:l,leftPx:u,minimap:e.minimap});i.bindFramebuffer(36008,f.handle),i.bindFramebuffer(36009,null),i.blitFramebuffer(0,0,f.width,f.height,d,h,p,g,16384,9728),l+=m+8}}finally{i.bindFramebuffer(36008,o),i.bindFramebuffer(36009,s),r.flushing=!1}}function qR(t){let{framebuffer:e,targetWidth:r,targetHeight:n,topPx:i,leftPx:o,minimap:s}=t,a=s?Math.max(Math.floor(r/4),1):r,c=s?Math.max(Math.floor(n/4),1):n,l=Math.min(a/e.width,c/e.height),u=Math.max(Math.floor(e.width*l),1),f=Math.max(Math.floor(e.height*l),1),d=o,h=Math.max(n-i-f,0),p=d+u,g=h+f;return[d,h,p,g,f]}function XR(t){return t.userData[ew]||={flushing:!1,queuedFramebuffers:[]},t.userData[ew]}function ZR(t){return"colorAttachments"in t}function KR(t){let e=t.props.framebuffer;return!e||e.handle===null}function tw(t,e){if(!t)return e;let r=Number.parseInt(t,10);return Number.isFinite(r)?r:e}var ew,nw=_(()=>{ew="__debugFramebufferState"});function ti(t,e,r){if(t===e)return!0;if(!r||!t||!e)return!1;if(Array.isArray(t)){if(!Array.isArray(e)||t.length!==e.length)return!1;for(let n=0;n<t.length;n++)if(!ti(t[n],e[n],r-1))return!1;return!0}if(Array.isArray(e))return!1;if(typeof t=="object"&&typeof e=="object"){let n=Object.keys(t),i=Object.keys(e);if(n.length!==i.length)return!1;for(let o of n)if(!e.hasOwnProperty(o)||!ti(t[o],e[o],r-1))return!1;return!0}return!1}var iw=_(()=>{});var ri,ow=_(()=>{R();ri=class{bufferLayouts;constructor(e){this.bufferLayouts=e}getBufferLayout(e){return this.bufferLayouts.find(r=>r.name===e)||null}getAttributeNamesForBuffer(e){return In(e)}mergeBufferLayouts(e,r){let n=[...e];for(let i of r){let o=n.findIndex(s=>s.name===i.name);o<0?n.push(i):n[o]=i}return n}}});function sw(t,e){let r=dd(t),n=e.slice();return n.sort((i,o)=>{let s=Ya(In(i).map(c=>r[c])),a=Ya(In(o).map(c=>r[c]));return s-a}),n}var aw=_(()=>{R()});function ni(t,e){if(!t||!e.some(n=>n.bindingLayout?.length))return t;let r={...t,bindings:t.bindings.map(n=>({...n}))};"attributes"in(t||{})&&(r.attributes=t?.attributes||[]);for(let n of e)for(let i of n.bindingLayout||[])for(let o of QR(i.name)){let s=r.bindings.find(a=>a.name===o);s?.group===0&&(s.group=i.group),s&&i.visibility!==void 0&&(s.visibility=i.visibility)}return r}function cw(t,e,r=[]){return t?e?{...t,attributes:t.attributes.length?tB(t.attributes,e.attributes.filter(n=>r.includes(n.name))):e.attributes,bindings:eB(t.bindings,e.bindings)}:t:e}function Yo(t){return!!(t.uniformTypes&&!JR(t.uniformTypes))}function lw(t){let e=[];for(let r of t){let n=bo(r),i=new Set([r.vs,r.fs].flatMap(s=>s?xo(s).filter(a=>a.isStd140).map(a=>a.blockName):[])),o=i.has(n)?n:i.size===1?i.values().next().value:void 0;Yo(r)&&o&&e.push({name:o,uniformTypes:r.uniformTypes})}return e}function zc(t,e){let r=[],n=new Set;for(let i of[...t||[],...e||[]])n.has(i.name)||(n.add(i.name),r.push(i));return r}function QR(t){let e=new Set([t,`${t}Uniforms`]);return t.endsWith("Uniforms")||e.add(`${t}Sampler`),[...e]}function JR(t){for(let e in t)return!1;return!0}function eB(t,e){let r=t.map(o=>({...o})),n=new Set(t.map(o=>o.name)),i=new Set(t.map(o=>`${o.group}:${o.location}`));for(let o of e){let s=`${o.group}:${o.location}`;!n.has(o.name)&&!i.has(s)&&r.push({...o})}return r}function tB(t,e){let r=t.map(o=>({...o})),n=new Map(t.map(o=>[o.name,o])),i=new Map(t.map(o=>[o.location,o]));for(let o of e){let s=n.get(o.name);if(s){if(s.type!==o.type||s.location!==o.location)throw new Error(`Shader attribute "${o.name}" conflicts with its inferred type or location`);continue}let a=i.get(o.location);if(a)throw new Error(`Shader attributes "${a.name}" and "${o.name}" both use location ${o.location}`);r.push({...o})}return r}var Vh=_(()=>{Ae()});function rB(t){return ji(t)||typeof t=="number"||typeof t=="boolean"}function uw(t,e={}){let r={bindings:{},uniforms:{}};return Object.keys(t).forEach(n=>{let i=t[n];Object.prototype.hasOwnProperty.call(e,n)||rB(i)?r.uniforms[n]=i:r.bindings[n]=i}),r}var fw=_(()=>{pf()});function dw(t={},e={},r={}){let n={...t};for(let[i,o]of Object.entries(e))o!==void 0&&(n[i]=Wh(t[i],o,r[i]));return n}function Wh(t,e,r){if(!r||typeof r=="string")return qo(e);if(Array.isArray(r)){if(jh(e)||!Array.isArray(e))return qo(e);let s=Array.isArray(t)&&!jh(t)?[...t]:[],a=s.slice();for(let c=0;c<e.length;c++){let l=e[c];l!==void 0&&(a[c]=Wh(s[c],l,r[0]))}return a}if(!Hh(e))return qo(e);let n=r,i=Hh(t)?t:{},o={...i};for(let[s,a]of Object.entries(e))a!==void 0&&(o[s]=Wh(i[s],a,n[s]));return o}function qo(t){return ArrayBuffer.isView(t)?Array.prototype.slice.call(t):Array.isArray(t)?jh(t)?t.slice():t.map(r=>r===void 0?void 0:qo(r)):Hh(t)?Object.fromEntries(Object.entries(t).map(([e,r])=>[e,r===void 0?void 0:qo(r)])):t}function jh(t){return ArrayBuffer.isView(t)||Array.isArray(t)&&(t.length===0||typeof t[0]=="number")}function Hh(t){return!!t&&typeof t=="object"&&!Array.isArray(t)&&!ArrayBuffer.isView(t)}function nB(t){return!!t?.dependencies}var ii,Yh=_(()=>{R();Ae();fw();ii=class{options={disableWarnings:!1};modules;moduleUniforms;moduleBindings;directBindings={};constructor(e,r){Object.assign(this.options,r);let n=Ar(Object.values(e).filter(nB));for(let i of n)e[i.name]=i;S.log(1,"Creating ShaderInputs with modules",Object.keys(e))(),this.modules=e,this.moduleUniforms={},this.moduleBindings={};for(let[i,o]of Object.entries(e))o&&(this._addModule(o),o.name&&i!==o.name&&!this.options.disableWarnings&&S.warn(`Module name: ${i} vs ${o.name}`)())}destroy(){}setProps(e){e.bindings&&Object.assign(this.directBindings,e.bindings);for(let r of Object.keys(e)){if(r==="bindings")continue;let n=r,i=e[n]||{},o=this.modules[n];if(!o)this.options.disableWarnings||S.warn(`Module ${r} not found`)();else{let s=this.moduleUniforms[n],a=this.moduleBindings[n],c=o.getUniforms?.(i,s)||i,{uniforms:l,bindings:u}=uw(c,o.uniformTypes);this.moduleUniforms[n]=dw(s,l,o.uniformTypes),this.moduleBindings[n]={...a,...u}}}}getModules(){return Object.values(this.modules)}addModules(e){let r=Ar(e);for(let n of r){let i=n.name;this.modules[i]||(this.modules[i]=n,this._addModule(n))}}getUniformValues(){return this.moduleUniforms}getBindingValues(){let e={};for(let r of Object.values(this.moduleBindings))Object.assign(e,r);return Object.assign(e,this.directBindings),e}getModuleBindingValues(e){let r=this.moduleBindings[e];return r?{...r}:{}}getDebugTable(){let e={};for(let[r,n]of Object.entries(this.moduleUniforms))for(let[i,o]of Object.entries(n))e[`${r}.${i}`]={type:this.modules[r].uniformTypes?.[i],value:String(o)};return e}_addModule(e){let r=e.name;this.moduleUniforms[r]=dw({},e.defaultUniforms||{},e.uniformTypes),this.moduleBindings[r]={}}}});function qh(t){return t!==null&&typeof t=="object"&&"buffer"in t}function oB(t){return t instanceof me?t.buffer:t}function hw(t){return{buffer:oB(t.buffer),offset:t.offset,size:t.size}}var iB,me,Xh=_(()=>{R();ei();iB=k.DEBUG_DATA_MAX_LENGTH,me=class{device;id;ready;usage;props;isReady=!0;destroyed=!1;generation=0;updateTimestamp;debugData=new ArrayBuffer(0);_debugDataEnabled;_maxDebugDataByteLength;_ownsBuffer;_buffer;get buffer(){return this._buffer}get byteLength(){return this._buffer.byteLength}get[Symbol.toStringTag](){return"DynamicBuffer"}toString(){return`DynamicBuffer:"${this.id}":${this.byteLength}B`}toJSON(){return this.toString()}constructor(e,r){let{debugData:n=!1,buffer:i,ownsBuffer:o=!0,...s}=r;if(i&&i.device!==e)throw new Error("DynamicBuffer adopted buffers must belong to the supplied device");if(i&&(s.byteLength!==void 0||s.data!==void 0))throw new Error("DynamicBuffer cannot combine an adopted buffer with byteLength or data");let a=r.id||i?.id||vt("dynamic-buffer"),c={...s,id:a,usage:s.usage??i?.usage,indexType:s.indexType??i?.indexType};(c.usage||0)&k.INDEX&&!c.indexType&&(s.data instanceof Uint32Array?c.indexType="uint32":s.data instanceof Uint16Array?c.indexType="uint16":s.data instanceof Uint8Array&&(c.indexType="uint8")),delete c.data,delete c.byteOffset,this.device=e,this.id=a,this.props=c,this.usage=c.usage||0,this._debugDataEnabled=!!n,this._maxDebugDataByteLength=typeof n=="object"&&n.maxByteLength!==void 0?n.maxByteLength:iB,this._ownsBuffer=o,this._buffer=i??this.device.createBuffer({...s,id:a}),this.ready=Promise.resolve(this._buffer),this.updateTimestamp=this._buffer.updateTimestamp,this._resetDebugData(this._buffer.byteLength),s.data&&this._writeDebugData(s.data,s.byteOffset||0)}write(e,r=0){this._buffer.write(e,r),this._touch(),this._writeDebugData(e,r)}async mapAndWriteAsync(e,r=0,n=this.byteLength-r){let i=null;await this._buffer.mapAndWriteAsync(async(o,s)=>{await e(o,s),i=new Uint8Array(o.slice(0,n))},r,n),this._touch(),i&&this._writeDebugData(i,r)}async readAsync(e=0,r=this.byteLength-e){let n=await this._buffer.readAsync(e,r);return this._writeDebugData(n,e)&&this._touch(),n}async mapAndReadAsync(e,r=0,n=this.byteLength-r){let i=null,o=await this._buffer.mapAndReadAsync(async(s,a)=>(i=new Uint8Array(s.slice(0)),await e(s,a)),r,n);return i&&this._writeDebugData(i,r)&&this._touch(),o}resize(e){let{byteLength:r,preserveData:n=!1}=e;if(r===this.byteLength)return!1;let i=Math.min(e.copyByteLength??Math.min(this.byteLength,r),this.byteLength,r),o=this._buffer,s=this.debugData.slice(0),{data:a,byteOffset:c,...l}=this.props,u=this.device.createBuffer({...l,byteLength:r});return n&&i>0&&this._copyBufferContents(o,u,i),this._buffer=u,this._resetDebugData(r),n&&s.byteLength>0&&this._writeDebugData(s,0),this._ownsBuffer&&o.destroy(),this._ownsBuffer=!0,this.generation++,this._touch(),!0}ensureSize(e,r){return e<=this.byteLength?!1:this.resize({byteLength:e,preserveData:r?.preserveData})}getBinding(e){return e?.offset===void 0&&e?.size===void 0?this._buffer:{buffer:this._buffer,offset:e?.offset,size:e?.size}}destroy(){this.destroyed||(this._ownsBuffer&&this._buffer.destroy(),this.destroyed=!0,this.debugData=new ArrayBuffer(0))}_copyBufferContents(e,r,n){let i=this.device.type==="webgpu"?Math.ceil(n/4)*4:n,o=this.device.createCommandEncoder();o.copyBufferToBuffer({sourceBuffer:e,destinationBuffer:r,size:i}),this.device.submit(o.finish())}_touch(){this.updateTimestamp=this.device.incrementTimestamp()}_resetDebugData(e){if(!this._debugDataEnabled){this.debugData=new ArrayBuffer(0);return}this.debugData=new ArrayBuffer(Math.min(e,this._maxDebugDataByteLength))}_writeDebugData(e,r){if(!this._debugDataEnabled||this.debugData.byteLength===0||r>=this.debugData.byteLength)return!1;let n=ArrayBuffer.isView(e)?new Uint8Array(e.buffer,e.byteOffset,e.byteLength):new Uint8Array(e),i=new Uint8Array(this.debugData),o=Math.min(n.byteLength,i.byteLength-r);return i.set(n.subarray(0,o),r),o>0}}});function Xo(t){return t!==null&&typeof t=="object"&&"resolveTextureBinding"in t&&typeof t.resolveTextureBinding=="function"}function sB(t){return t?.type==="texture"||t?.type==="external-texture"}function pw(t,e,r){let n=$a(t,e,{ignoreWarnings:!0});return sB(n)?n:t.bindings.length===0&&r?.fallbackGroup!==void 0?{type:"texture",name:e,group:r.fallbackGroup,location:0}:null}var mw=_(()=>{R()});function Kh(t,e){return t.shaderLanguage!==void 0&&t.shaderLanguage!==e?!1:e==="glsl"?"assembleGLSLShaderPair"in t&&typeof t.assembleGLSLShaderPair=="function":"assembleWGSLShader"in t&&typeof t.assembleWGSLShader=="function"}function lB(t,e){return!t||Object.keys(e).length===0?t:{...t,attributes:t.attributes.map(r=>{let n=r.name.startsWith("_luma_")?r.name.slice(6):null;return n&&e[n]?{...r,name:n}:r})}}function uB(t,e,r){if(Xo(e)){let n=pw(r,t,{fallbackGroup:0});return n?e.resolveTextureBinding(n):null}return e instanceof me?e.buffer:qh(e)?hw(e):e}function fB(t){return t&&!gw(t)?t:null}function dB(t){return t&&gw(t)?t:void 0}function gw(t){return cB.includes(t)}function hB(t){return{type:t.type,shaderLanguage:t.info.shadingLanguage,shaderLanguageVersion:t.info.shadingLanguageVersion,gpu:t.info.gpu,limits:t.limits,features:t.features}}var Et,aB,Zh,cB,qe,Qh=_(()=>{R();Ae();K0();J0();nw();iw();ow();aw();Vh();ei();Yh();Xh();mw();Et=2,aB=1e4,Zh="render pipeline initialization failed",cB=["stencil8","depth16unorm","depth24plus","depth24plus-stencil8","depth32float","depth32float-stencil8"],qe=class t{static defaultProps={...We.defaultProps,source:void 0,vs:null,fs:null,id:"unnamed",handle:void 0,userData:{},defines:{},modules:[],plugins:[],geometry:null,indexBuffer:null,indexCount:void 0,firstVertex:0,firstIndex:0,attributes:{},constantAttributes:{},bindings:{},uniforms:{},varyings:[],isInstanced:void 0,instanceCount:0,vertexCount:0,shaderInputs:void 0,material:void 0,pipelineFactory:void 0,shaderFactory:void 0,transformFeedback:void 0,shaderAssembler:je.getDefaultShaderAssembler("glsl"),debugShaders:void 0,disableWarnings:void 0};device;id;source;vs;fs;pipelineFactory;shaderFactory;userData={};parameters;topology;bufferLayout;isInstanced=void 0;instanceCount=0;vertexCount;indexCount;firstVertex;firstIndex;indexBuffer=null;bufferAttributes={};constantAttributes={};bindings={};vertexArray;transformFeedback=null;pipeline;shaderInputs;material=null;_uniformStore;_attributeInfos={};_gpuGeometry=null;props;_dynamicIndexBufferSource=null;_dynamicAttributeBufferSources={};_colorAttachmentFormats;_depthStencilAttachmentFormat;_pipelineNeedsUpdate="newly created";_needsRedraw="initializing";_drawBlockedReason=!1;_destroyed=!1;_vertexCountSet=!1;_lastDrawTimestamp=-1;_bindingTable=[];get[Symbol.toStringTag](){return"Model"}toString(){return`Model(${this.id})`}constructor(e,r){let n=t.defaultProps.shaderAssembler,i=r.vertexCount!==void 0;this.props={...t.defaultProps,...r,shaderAssembler:r.shaderAssembler??(Kh(n,e.info.shadingLanguage)?n:je.getDefaultShaderAssembler(e.info.shadingLanguage))},this._vertexCountSet=i,r=this.props,this.id=r.id||vt("model"),this.device=e,Object.assign(this.userData,r.userData),this.material=r.material||null;let o=hB(e),s=_o(this.props.plugins,o.shaderLanguage),a=yo(this.props.modules,s.modules),c=Object.fromEntries(a.map(h=>[h.name,h])),l=r.shaderInputs||new ii(c,{disableWarnings:this.props.disableWarnings});r.shaderInputs&&s.modules.length>0&&l.addModules(s.modules),this.setShaderInputs(l);let u=zc(this.props.modules,l.getModules()),f={...s.defines,...this.props.defines};if(this.device.type==="webgl"&&(this.props._uniformBlockLayouts=lw(u)),this.props.shaderLayout=ni(this.props.shaderLayout,u)||null,this.device.type==="webgpu"&&this.props.source){let h=this.props.shaderAssembler;er(Kh(h,"wgsl"));let{source:p,getUniforms:g,bindingTable:m,shaderLayout:b}=h.assembleWGSLShader({platformInfo:o,...this.props,modules:u,defines:f,pluginInjections:s.injections,pluginVertexInputs:s.vertexInputs,pluginVaryings:s.varyings});this.source=p,this._getModuleUniforms=g,this._bindingTable=m;let x=b??e.getShaderLayout?.(this.source),y=lB(x,s.vertexInputs),w=cw(this.props.shaderLayout,y,Object.keys(s.vertexInputs));this.props.shaderLayout=ni(w||null,u)||null}else{let h=this.props.shaderAssembler;er(Kh(h,"glsl"));let{vs:p,fs:g,getUniforms:m}=h.assembleGLSLShaderPair({platformInfo:o,...this.props,modules:u,defines:f,pluginInjections:s.injections,pluginVertexInputs:s.vertexInputs,pluginVaryings:s.varyings});this.vs=p,this.fs=g,this._getModuleUniforms=m,this._bindingTable=[]}this.vertexCount=this.props.vertexCount,this.indexCount=this.props.indexCount,this.firstVertex=this.props.firstVertex,this.firstIndex=this.props.firstIndex,this.instanceCount=this.props.instanceCount,this.topology=this.props.topology,this.bufferLayout=this.props.bufferLayout,this.parameters=this.props.parameters,this._colorAttachmentFormats=this.props.colorAttachmentFormats,this._depthStencilAttachmentFormat=this.props.depthStencilAttachmentFormat,r.geometry&&this.setGeometry(r.geometry),this.pipelineFactory=r.pipelineFactory||kr.getDefaultPipelineFactory(this.device),this.shaderFactory=r.shaderFactory||Dr.getDefaultShaderFactory(this.device),this.pipeline=this._updatePipeline(),this.vertexArray=e.createVertexArray({shaderLayout:this.pipeline.shaderLayout,bufferLayout:this.pipeline.bufferLayout}),this._gpuGeometry&&this._setGeometryAttributes(this._gpuGeometry),"isInstanced"in r&&(this.isInstanced=r.isInstanced),r.instanceCount&&this.setInstanceCount(r.instanceCount),r.vertexCount&&this.setVertexCount(r.vertexCount),r.indexBuffer&&this.setIndexBuffer(r.indexBuffer),r.attributes&&this.setAttributes(r.attributes),r.constantAttributes&&this.setConstantAttributes(r.constantAttributes),r.bindings&&this.setBindings(r.bindings),r.transformFeedback&&(this.transformFeedback=r.transformFeedback)}destroy(){this._destroyed||(this.pipelineFactory.release(this.pipeline),this.shaderFactory.release(this.pipeline.vs),this.pipeline.fs&&this.pipeline.fs!==this.pipeline.vs&&this.shaderFactory.release(this.pipeline.fs),this._uniformStore.destroy(),this._gpuGeometry?.destroy(),this._destroyed=!0)}needsRedraw(){this._getBindingsUpdateTimestamp()>this._lastDrawTimestamp&&this.setNeedsRedraw("contents of bound textures or buffers updated");let e=this._needsRedraw;return this._needsRedraw=!1,e}setNeedsRedraw(e){this._needsRedraw||=e}getBindingDebugTable(){return this._bindingTable}predraw(e){this._syncDynamicBuffers(),this.updateShaderInputs(e),this.material?.updateShaderInputs(e),this.pipeline=this._updatePipeline()}draw(e){if(this._drawBlockedReason&&!this._pipelineNeedsUpdate)return S.info(Et,`>>> DRAWING ABORTED ${this.id}: ${this._drawBlockedReason}`)(),!1;let r=this._areBindingsLoading();if(r)return S.info(Et,`>>> DRAWING ABORTED ${this.id}: ${r} not loaded`)(),!1;this._syncAttachmentFormats(e);try{e.pushDebugGroup(`${this}.predraw(${e})`),this.device.type==="webgpu"?(this.updateShaderInputs(),this.material?.updateShaderInputs(),this._syncDynamicBuffers(),this.pipeline=this._updatePipeline()):this.predraw(this.device.commandEncoder)}finally{e.popDebugGroup()}let n,i=this.pipeline.isErrored;try{if(e.pushDebugGroup(`${this}.draw(${e})`),this._logDrawCallStart(),this.pipeline=this._updatePipeline(),i=this.pipeline.isErrored,i)S.info(Et,`>>> DRAWING ABORTED ${this.id}: ${Zh}`)(),n=!1;else{let o=this.vertexArray.getDrawValidationError();if(o)S.info(Et,`>>> DRAWING ABORTED ${this.id}: ${o}`)(),this._drawBlockedReason=o,n=!1;else{let s=this._getCurrentShaderLayout(),a=this._getBindings(s),c=this._getBindGroups(s,a),{indexBuffer:l}=this.vertexArray,u=l?this.indexCount??(this._vertexCountSet?this.vertexCount:l.byteLength/(l.indexType==="uint32"?4:2)):void 0;e.setPipeline(this.pipeline),e.setBindings(c,{_bindGroupCacheKeys:this._getBindGroupCacheKeys()}),e.setVertexArray(this.vertexArray),n=this.isInstanced===!0&&this.instanceCount===0?!0:e.draw({isInstanced:this.isInstanced,vertexCount:this.vertexCount,instanceCount:this.isInstanced?this.instanceCount:void 0,indexCount:u,firstVertex:this.firstVertex,firstIndex:this.firstIndex,transformFeedback:this.transformFeedback||void 0,uniforms:this.props.uniforms,parameters:this.parameters,topology:this.topology})}}}finally{e.popDebugGroup(),this._logDrawCallEnd()}return this._logFramebuffer(e),n?(this._lastDrawTimestamp=this.device.timestamp,this._needsRedraw=!1):i?(this._needsRedraw=Zh,this._drawBlockedReason=Zh):this._drawBlockedReason?this._needsRedraw=this._drawBlockedReason:this._needsRedraw="waiting for resource initialization",n}setGeometry(e){this._gpuGeometry?.destroy();let r=e&&Z0(this.device,e);if(r){this.setTopology(r.topology||"triangle-list");let n=new ri(this.bufferLayout);this.bufferLayout=n.mergeBufferLayouts(r.bufferLayout,this.bufferLayout),this.vertexArray&&this._setGeometryAttributes(r)}this._gpuGeometry=r}setTopology(e){e!==this.topology&&(this.topology=e,this._setPipelineNeedsUpdate("topology"))}setBufferLayout(e){let r=new ri(this.bufferLayout),n=this._gpuGeometry?r.mergeBufferLayouts(e,this._gpuGeometry.bufferLayout):e;ti(n,this.bufferLayout,-1)||(this.bufferLayout=n,this._setPipelineNeedsUpdate("bufferLayout"),this.pipeline=this._updatePipeline(),this.vertexArray=this.device.createVertexArray({shaderLayout:this.pipeline.shaderLayout,bufferLayout:this.pipeline.bufferLayout}),this._gpuGeometry&&this._setGeometryAttributes(this._gpuGeometry))}setParameters(e){ti(e,this.parameters,2)||(this.parameters=e,this._setPipelineNeedsUpdate("parameters"))}setInstanceCount(e){this.instanceCount=e,this.isInstanced===void 0&&e>0&&(this.isInstanced=!0),this.setNeedsRedraw("instanceCount")}setVertexCount(e){this.vertexCount=e,this._vertexCountSet=!0,this.setNeedsRedraw("vertexCount")}setIndexCount(e){this.indexCount=e,this.setNeedsRedraw("indexCount")}setDrawOffsets({firstVertex:e,firstIndex:r}){this.firstVertex=e,this.firstIndex=r,this.setNeedsRedraw("drawOffsets")}setShaderInputs(e){this.shaderInputs=e,this._uniformStore=new Ur(this.device,this.shaderInputs.modules);for(let[r,n]of Object.entries(this.shaderInputs.modules))if(Yo(n)&&!this.material?.ownsModule(r)){let i=this._uniformStore.getManagedUniformBuffer(r);this.bindings[`${r}Uniforms`]=i}this.setNeedsRedraw("shaderInputs")}setMaterial(e){this.material=e,this.setNeedsRedraw("material")}updateShaderInputs(e){this._uniformStore.setUniforms(this.shaderInputs.getUniformValues(),e),this.setBindings(this._getNonMaterialBindings(this.shaderInputs.getBindingValues())),this.setNeedsRedraw("shaderInputs")}setBindings(e){Object.assign(this.bindings,e),this.setNeedsRedraw("bindings")}setTransformFeedback(e){this.transformFeedback=e,this.setNeedsRedraw("transformFeedback")}setIndexBuffer(e){let r=e instanceof me?e.buffer:e;this.indexBuffer=r,this._dynamicIndexBufferSource=e instanceof me?{source:e,generation:e.generation}:null,this.vertexArray.setIndexBuffer(r),this.setNeedsRedraw("indexBuffer")}setAttributes(e,r){this._drawBlockedReason=!1;let n=r?.disableWarnings??this.props.disableWarnings;e.indices&&S.warn(`Model:${this.id} setAttributes() - indexBuffer should be set using setIndexBuffer()`)(),this.bufferLayout=sw(this.pipeline.shaderLayout,this.bufferLayout);let i=new ri(this.bufferLayout);for(let[o,s]of Object.entries(e)){let a=s instanceof me?s.buffer:s,c=i.getBufferLayout(o);if(!c){n||S.warn(`Model(${this.id}): Missing layout for buffer "${o}".`)();continue}let l=i.getAttributeNamesForBuffer(c),u=!1;for(let f of l){let d=this._attributeInfos[f];if(d){let h=this.device.type==="webgpu"?this.vertexArray.getBufferSlot(d.bufferName):d.location;if(h===null){n||S.warn(`Model(${this.id}): Missing vertex array slot for buffer "${d.bufferName}".`)();continue}this.vertexArray.setBuffer(h,a),s instanceof me?this._dynamicAttributeBufferSources[h]={source:s,generation:s.generation}:delete this._dynamicAttributeBufferSources[h],u=!0}}!u&&!n&&S.warn(`Model(${this.id}): Ignoring buffer "${a.id}" for unknown attribute "${o}"`)()}this.setNeedsRedraw("attributes")}setConstantAttributes(e,r){for(let[n,i]of Object.entries(e)){let o=this._attributeInfos[n];o?this.vertexArray.setConstantWebGL(o.location,i):(r?.disableWarnings??this.props.disableWarnings)||S.warn(`Model "${this.id}: Ignoring constant supplied for unknown attribute "${n}"`)()}this.setNeedsRedraw("constants")}_areBindingsLoading(){for(let e of Object.values(this.bindings))if(Xo(e)&&!e.isReady)return e.id;for(let e of Object.values(this.material?.bindings||{}))if(Xo(e)&&!e.isReady)return e.id;return!1}_getBindings(e=this._getCurrentShaderLayout()){let r={};for(let[n,i]of Object.entries(this.bindings)){let o=uB(n,i,e);o&&(r[n]=o)}return r}_getBindGroups(e=this._getCurrentShaderLayout(),r=this._getBindings(e)){let n=e.bindings.length?Nr(e,r):{0:r};if(!this.material)return n;for(let[i,o]of Object.entries(this.material.getBindingsByGroup(e))){let s=Number(i);n[s]={...n[s]||{},...o}}return n}_getBindGroupCacheKeys(){let e=this.material?.getBindGroupCacheKey(3);return e?{3:e}:{}}_getBindingsUpdateTimestamp(){let e=0;this._dynamicIndexBufferSource&&(e=Math.max(e,this._dynamicIndexBufferSource.source.updateTimestamp));for(let r of Object.values(this._dynamicAttributeBufferSources))e=Math.max(e,r.source.updateTimestamp);for(let r of Object.values(this.bindings))r instanceof Rr?e=Math.max(e,r.texture.updateTimestamp):r instanceof k||r instanceof G||r instanceof io||r instanceof me?e=Math.max(e,r.updateTimestamp):Xo(r)?e=r.isReady?Math.max(e,r.updateTimestamp):1/0:qh(r)&&(e=Math.max(e,(r.buffer instanceof me,r.buffer.updateTimestamp)));return Math.max(e,this.material?.getBindingsUpdateTimestamp()||0)}_setGeometryAttributes(e){let r={...e.attributes};for(let[n]of Object.entries(r))!this.pipeline.shaderLayout.attributes.find(i=>i.name===n)&&n!=="positions"&&delete r[n];this.vertexCount=e.vertexCount,this._vertexCountSet=!0,this.setIndexBuffer(e.indices||null),this.setAttributes(e.attributes,{disableWarnings:!0}),this.setAttributes(r,{disableWarnings:this.props.disableWarnings}),this.setNeedsRedraw("geometry attributes")}_setPipelineNeedsUpdate(e){this._pipelineNeedsUpdate||=e,this._drawBlockedReason=!1,this.setNeedsRedraw(e)}_updatePipeline(){if(this._pipelineNeedsUpdate){let e=null,r=null;this.pipeline&&(S.log(1,`Model ${this.id}: Recreating pipeline because "${this._pipelineNeedsUpdate}".`)(),e=this.pipeline.vs,r=this.pipeline.fs),this._pipelineNeedsUpdate=!1;let n=this.shaderFactory.createShader({id:`${this.id}-vertex`,stage:"vertex",source:this.source||this.vs,debugShaders:this.props.debugShaders}),i=null;this.source?i=n:this.fs&&(i=this.shaderFactory.createShader({id:`${this.id}-fragment`,stage:"fragment",source:this.source||this.fs,debugShaders:this.props.debugShaders})),this.pipeline=this.pipelineFactory.createRenderPipeline({...this.props,bindings:void 0,bufferLayout:this.bufferLayout,colorAttachmentFormats:this._colorAttachmentFormats,depthStencilAttachmentFormat:this._depthStencilAttachmentFormat,topology:this.topology,parameters:this.parameters,bindGroups:void 0,vs:n,fs:i}),this._attributeInfos=go(this.pipeline.shaderLayout,this.bufferLayout),e&&this.shaderFactory.release(e),r&&r!==e&&this.shaderFactory.release(r)}return this.pipeline}_lastLogTime=0;_logOpen=!1;_logDrawCallStart(){let e=S.level>3?0:aB;S.level<2||Date.now()-this._lastLogTime<e||(this._lastLogTime=Date.now(),this._logOpen=!0,S.group(Et,`>>> DRAWING MODEL ${this.id}`,{collapsed:S.level<=2})())}_logDrawCallEnd(){if(this._logOpen){let e=Q0(this.pipeline.shaderLayout,this.id);S.table(Et,e)();let r=this.shaderInputs.getDebugTable();S.table(Et,r)();let n=this._getAttributeDebugTable();S.table(Et,this._attributeInfos)(),S.table(Et,n)(),S.groupEnd(Et)(),this._logOpen=!1}}_drawCount=0;_logFramebuffer(e){let r=this.device.props.debugFramebuffers;if(this._drawCount++,!r)return;let n=e.props.framebuffer;rw(e,n,{id:n?.id||`${this.id}-framebuffer`,minimap:!0})}_getAttributeDebugTable(){let e={};for(let[r,n]of Object.entries(this._attributeInfos)){let i=this.vertexArray.attributes[n.location];e[n.location]={name:r,type:n.shaderType,values:i?this._getBufferOrConstantValues(i,n.bufferDataType):"null"}}if(this.vertexArray.indexBuffer){let{indexBuffer:r}=this.vertexArray,n=r.indexType==="uint32"?new Uint32Array(r.debugData):new Uint16Array(r.debugData);e.indices={name:"indices",type:r.indexType,values:n.toString()}}return e}_getBufferOrConstantValues(e,r){let n=le.getTypedArrayConstructor(r);return(e instanceof k?new n(e.debugData):e).toString()}_getNonMaterialBindings(e){if(!this.material)return e;let r={};for(let[n,i]of Object.entries(e))this.material.ownsBinding(n)||(r[n]=i);return r}_getCurrentShaderLayout(){return this.pipeline?.shaderLayout||this.props.shaderLayout||{bindings:[]}}_syncDynamicBuffers(){if(this._dynamicIndexBufferSource&&this._dynamicIndexBufferSource.generation!==this._dynamicIndexBufferSource.source.generation){let e=this._dynamicIndexBufferSource.source.buffer;this.indexBuffer=e,this.vertexArray.setIndexBuffer(e),this._dynamicIndexBufferSource.generation=this._dynamicIndexBufferSource.source.generation,this.setNeedsRedraw("dynamic index buffer")}for(let[e,r]of Object.entries(this._dynamicAttributeBufferSources))r.generation!==r.source.generation&&(this.vertexArray.setBuffer(Number(e),r.source.buffer),r.generation=r.source.generation,this.setNeedsRedraw("dynamic attribute buffer"))}_syncAttachmentFormats(e){if(this.device.type!=="webgpu")return;let r=e.framebuffer||e.props.framebuffer,n=e.props,i=n.colorAttachmentFormats??r?.colorAttachments?.map(s=>fB(s?.texture?.format)),o=n.depthStencilAttachmentFormat===!1?void 0:n.depthStencilAttachmentFormat??dB(r?.depthStencilAttachment?.texture?.format);(!ti(this._colorAttachmentFormats,i,1)||this._depthStencilAttachmentFormat!==o)&&(this._colorAttachmentFormats=i,this._depthStencilAttachmentFormat=o,this._setPipelineNeedsUpdate("attachment formats"))}}});var pB,mB,ge,_w=_(()=>{R();Ae();Qh();pB=35980,mB=35981,ge=class t{device;model;transformFeedback;static defaultProps={...qe.defaultProps,feedbackBufferMode:"separate",outputs:void 0,feedbackBuffers:void 0};static isSupported(e){return e?.info?.type==="webgl"}constructor(e,r=t.defaultProps){if(!t.isSupported(e))throw new Error("BufferTransform not yet implemented on WebGPU");this.device=e,this.model=new qe(this.device,{id:r.id||"buffer-transform-model",fs:r.fs||Ad(),topology:r.topology||"point-list",varyings:r.outputs||r.varyings,...r,bufferMode:r.bufferMode||(r.feedbackBufferMode==="interleaved"?pB:mB)}),this.transformFeedback=this.device.createTransformFeedback({layout:this.model.pipeline.shaderLayout,buffers:r.feedbackBuffers}),this.model.setTransformFeedback(this.transformFeedback)}destroy(){this.model&&this.model.destroy()}delete(){this.destroy()}run(e){e?.inputBuffers&&this.model.setAttributes(e.inputBuffers),e?.outputBuffers&&this.transformFeedback.setBuffers(e.outputBuffers);let r=this.device.beginRenderPass({discard:!0,...e});this.model.draw(r),r.end()}getBuffer(e){return this.transformFeedback.getBuffer(e)}readAsync(e){let r=this.getBuffer(e);if(!r)throw new Error("BufferTransform#getBuffer");if(r instanceof k)return r.readAsync();let{buffer:n,byteOffset:i=0,byteLength:o=n.byteLength}=r;return n.readAsync(i,o)}}});function _B(t){return{type:t.type,shaderLanguage:t.info.shadingLanguage,shaderLanguageVersion:t.info.shadingLanguageVersion,gpu:t.info.gpu,limits:t.limits,features:t.features}}var Jh,gB,Fe,yw=_(()=>{R();Ae();pf();Yh();Vh();ei();Jh=2,gB=1e4,Fe=class t{static defaultProps={...nr.defaultProps,id:"unnamed",handle:void 0,userData:{},source:"",modules:[],defines:{},plugins:[],bindings:void 0,shaderInputs:void 0,pipelineFactory:void 0,shaderFactory:void 0,shaderAssembler:je.getDefaultShaderAssembler("wgsl"),debugShaders:void 0};device;id;pipelineFactory;shaderFactory;userData={};bindings={};pipeline;source;shader;shaderInputs;_uniformStore;_pipelineNeedsUpdate="newly created";_getModuleUniforms;props;_destroyed=!1;constructor(e,r){if(e.type!=="webgpu")throw new Error("Computation is only supported in WebGPU");this.props={...t.defaultProps,...r},r=this.props,this.id=r.id||vt("model"),this.device=e,Object.assign(this.userData,r.userData);let n=_B(e),i=_o(this.props.plugins,n.shaderLanguage);if(Object.keys(i.vertexInputs).length>0||Object.keys(i.varyings).length>0)throw new Error("Computation does not support ShaderPlugin vertex inputs or varyings");let o=yo(this.props.modules,i.modules),s=Object.fromEntries(o.map(p=>[p.name,p]));this.shaderInputs=r.shaderInputs||new ii(s),r.shaderInputs&&i.modules.length>0&&this.shaderInputs.addModules(i.modules),this.setShaderInputs(this.shaderInputs);let a=zc(this.props.modules,this.shaderInputs?.getModules()),c={...i.defines,...this.props.defines};this.props.shaderLayout=ni(this.props.shaderLayout,a)||null,this.pipelineFactory=r.pipelineFactory||kr.getDefaultPipelineFactory(this.device),this.shaderFactory=r.shaderFactory||Dr.getDefaultShaderFactory(this.device);let l=this.props.shaderAssembler;er(l instanceof or);let{source:u,getUniforms:f,shaderLayout:d}=l.assembleWGSLShader({platformInfo:n,...this.props,modules:a,defines:c,scanVertexAttributes:!1,pluginInjections:i.injections});this.source=u,this._getModuleUniforms=f;let h=d??e.getShaderLayout?.(this.source,{scanVertexAttributes:!1});this.props.shaderLayout=ni(this.props.shaderLayout||h||null,a)||null,this.pipeline=this._updatePipeline(),r.bindings&&this.setBindings(r.bindings)}destroy(){this._destroyed||(this.pipelineFactory.release(this.pipeline),this.shaderFactory.release(this.shader),this._uniformStore.destroy(),this._destroyed=!0)}predraw(e){this.updateShaderInputs(e)}dispatch(e,r,n,i){try{this._logDrawCallStart(),this._setPipeline(e),e.dispatch(r,n,i)}finally{this._logDrawCallEnd()}}dispatchIndirect(e,r,n=0){try{this._logDrawCallStart(),this._setPipeline(e),e.dispatchIndirect(r,n)}finally{this._logDrawCallEnd()}}_setPipeline(e){this.pipeline=this._updatePipeline(),this.pipeline.setBindings(this.bindings),e.setPipeline(this.pipeline),e.setBindings({})}setVertexCount(e){}setInstanceCount(e){}setShaderInputs(e){this.shaderInputs=e,this._uniformStore=new Ur(this.device,this.shaderInputs.modules);for(let[r,n]of Object.entries(this.shaderInputs.modules))if(Yo(n)){let i=this._uniformStore.getManagedUniformBuffer(r);this.bindings[`${r}Uniforms`]=i}}setShaderModuleProps(e){let r=this._getModuleUniforms(e),n=Object.keys(r).filter(o=>{let s=r[o];return!ji(s)&&typeof s!="number"&&typeof s!="boolean"}),i={};for(let o of n)i[o]=r[o],delete r[o]}updateShaderInputs(e){this._uniformStore.setUniforms(this.shaderInputs.getUniformValues(),e)}setBindings(e){Object.assign(this.bindings,e)}_setPipelineNeedsUpdate(e){this._pipelineNeedsUpdate=this._pipelineNeedsUpdate||e}_updatePipeline(){if(this._pipelineNeedsUpdate){let e=null;this.pipeline&&(S.log(1,`Model ${this.id}: Recreating pipeline because "${this._pipelineNeedsUpdate}".`)(),e=this.shader),this._pipelineNeedsUpdate=!1,this.shader=this.shaderFactory.createShader({id:`${this.id}-fragment`,stage:"compute",source:this.source,debugShaders:this.props.debugShaders}),this.pipeline=this.pipelineFactory.createComputePipeline({...this.props,shader:this.shader}),e&&this.shaderFactory.release(e)}return this.pipeline}_lastLogTime=0;_logOpen=!1;_logDrawCallStart(){let e=S.level>3?0:gB;S.level<2||Date.now()-this._lastLogTime<e||(this._lastLogTime=Date.now(),this._logOpen=!0,S.group(Jh,`>>> DRAWING MODEL ${this.id}`,{collapsed:S.level<=2})())}_logDrawCallEnd(){if(this._logOpen){let e=this.shaderInputs.getDebugTable();S.table(Jh,e)(),S.groupEnd(Jh)(),this._logOpen=!1}}_drawCount=0;_getBufferOrConstantValues(e,r){let n=le.getTypedArrayConstructor(r);return(e instanceof k?new n(e.debugData):e).toString()}}});var ie=_(()=>{W0();X0();Qh();_w();Gc();Xh();yw()});function Bw(t=!0){let e=HTMLCanvasElement.prototype;if(!t&&e.originalGetContext){e.getContext=e.originalGetContext,e.originalGetContext=void 0;return}e.originalGetContext=e.getContext,e.getContext=function(r,n){if(r==="webgl"||r==="experimental-webgl"){let i=this.originalGetContext("webgl2",n);return i instanceof HTMLElement&&qB(i),i}return this.originalGetContext(r,n)}}function qB(t){t.getExtension("EXT_color_buffer_float");let e={...WB,WEBGL_disjoint_timer_query:t.getExtension("EXT_disjoint_timer_query_webgl2"),WEBGL_draw_buffers:jB(t),OES_vertex_array_object:HB(t),ANGLE_instanced_arrays:YB(t)},r=t.getExtension.bind(t);t.getExtension=function(i){let o=r(i);return o||(i in e?e[i]:null)};let n=t.getSupportedExtensions;t.getSupportedExtensions=function(){return(n.apply(t)||[])?.concat(Object.keys(e))}}var WB,jB,HB,YB,Ow=_(()=>{WB={WEBGL_depth_texture:{UNSIGNED_INT_24_8_WEBGL:34042},OES_element_index_uint:{},OES_texture_float:{},OES_texture_half_float:{HALF_FLOAT_OES:5131},EXT_color_buffer_float:{},OES_standard_derivatives:{FRAGMENT_SHADER_DERIVATIVE_HINT_OES:35723},EXT_frag_depth:{},EXT_blend_minmax:{MIN_EXT:32775,MAX_EXT:32776},EXT_shader_texture_lod:{}},jB=t=>({drawBuffersWEBGL(e){return t.drawBuffers(e)},COLOR_ATTACHMENT0_WEBGL:36064,COLOR_ATTACHMENT1_WEBGL:36065,COLOR_ATTACHMENT2_WEBGL:36066,COLOR_ATTACHMENT3_WEBGL:36067}),HB=t=>({VERTEX_ARRAY_BINDING_OES:34229,createVertexArrayOES(){return t.createVertexArray()},deleteVertexArrayOES(e){return t.deleteVertexArray(e)},isVertexArrayOES(e){return t.isVertexArray(e)},bindVertexArrayOES(e){return t.bindVertexArray(e)}}),YB=t=>({VERTEX_ATTRIB_ARRAY_DIVISOR_ANGLE:35070,drawArraysInstancedANGLE(...e){return t.drawArraysInstanced(...e)},drawElementsInstancedANGLE(...e){return t.drawElementsInstanced(...e)},vertexAttribDivisorANGLE(...e){return t.vertexAttribDivisor(...e)}})});async function Dw(){if(!Zc){fp();return}await Zc.load()}function Nw(t,e){return Zc?Zc.makeDebugContext(t,e):(fp(),t)}async function Fw(t){if(!up){fp();return}await up.load(t)}function Uw(t){return up?.initialize(t)||null}function fp(){kw||(kw=!0,S.warn("Import @luma.gl/webgl/debug before enabling WebGL debugging.")())}var Zc,up,kw,dp=_(()=>{R();Zc=null,up=null,kw=!1});function hp(t){return Array.isArray(t)||ArrayBuffer.isView(t)&&!(t instanceof DataView)}function K(t,e,r){return e[t]!==void 0?e[t]:r[t]}var ps,re,Gw,Ue,$w,hs,zw,Vw,pp,Lt,mp,Ww,gp=_(()=>{ps={3042:!1,32773:new Float32Array([0,0,0,0]),32777:32774,34877:32774,32969:1,32968:0,32971:1,32970:0,3106:new Float32Array([0,0,0,0]),3107:[!0,!0,!0,!0],2884:!1,2885:1029,2929:!1,2931:1,2932:513,2928:new Float32Array([0,1]),2930:!0,3024:!0,35725:null,36006:null,36007:null,34229:null,34964:null,2886:2305,33170:4352,2849:1,32823:!1,32824:0,10752:0,32926:!1,32928:!1,32938:1,32939:!1,3089:!1,3088:new Int32Array([0,0,1024,1024]),2960:!1,2961:0,2968:4294967295,36005:4294967295,2962:519,2967:0,2963:4294967295,34816:519,36003:0,36004:4294967295,2964:7680,2965:7680,2966:7680,34817:7680,34818:7680,34819:7680,2978:[0,0,1024,1024],36389:null,36662:null,36663:null,35053:null,35055:null,35723:4352,36010:null,35977:!1,3333:4,3317:4,37440:!1,37441:!1,37443:37444,3330:0,3332:0,3331:0,3314:0,32878:0,3316:0,3315:0,32877:0},re=(t,e,r)=>e?t.enable(r):t.disable(r),Gw=(t,e,r)=>t.hint(r,e),Ue=(t,e,r)=>t.pixelStorei(r,e),$w=(t,e,r)=>{let n=r===36006?36009:36008;return t.bindFramebuffer(n,e)},hs=(t,e,r)=>{let i={34964:34962,36662:36662,36663:36663,35053:35051,35055:35052}[r];t.bindBuffer(i,e)};zw={3042:re,32773:(t,e)=>t.blendColor(...e),32777:"blendEquation",34877:"blendEquation",32969:"blendFunc",32968:"blendFunc",32971:"blendFunc",32970:"blendFunc",3106:(t,e)=>t.clearColor(...e),3107:(t,e)=>t.colorMask(...e),2884:re,2885:(t,e)=>t.cullFace(e),2929:re,2931:(t,e)=>t.clearDepth(e),2932:(t,e)=>t.depthFunc(e),2928:(t,e)=>t.depthRange(...e),2930:(t,e)=>t.depthMask(e),3024:re,35723:Gw,35725:(t,e)=>t.useProgram(e),36007:(t,e)=>t.bindRenderbuffer(36161,e),36389:(t,e)=>t.bindTransformFeedback?.(36386,e),34229:(t,e)=>t.bindVertexArray(e),36006:$w,36010:$w,34964:hs,36662:hs,36663:hs,35053:hs,35055:hs,2886:(t,e)=>t.frontFace(e),33170:Gw,2849:(t,e)=>t.lineWidth(e),32823:re,32824:"polygonOffset",10752:"polygonOffset",35977:re,32926:re,32928:re,32938:"sampleCoverage",32939:"sampleCoverage",3089:re,3088:(t,e)=>t.scissor(...e),2960:re,2961:(t,e)=>t.clearStencil(e),2968:(t,e)=>t.stencilMaskSeparate(1028,e),36005:(t,e)=>t.stencilMaskSeparate(1029,e),2962:"stencilFuncFront",2967:"stencilFuncFront",2963:"stencilFuncFront",34816:"stencilFuncBack",36003:"stencilFuncBack",36004:"stencilFuncBack",2964:"stencilOpFront",2965:"stencilOpFront",2966:"stencilOpFront",34817:"stencilOpBack",34818:"stencilOpBack",34819:"stencilOpBack",2978:(t,e)=>t.viewport(...e),34383:re,10754:re,12288:re,12289:re,12290:re,12291:re,12292:re,12293:re,12294:re,12295:re,3333:Ue,3317:Ue,37440:Ue,37441:Ue,37443:Ue,3330:Ue,3332:Ue,3331:Ue,3314:Ue,32878:Ue,3316:Ue,3315:Ue,32877:Ue,framebuffer:(t,e)=>{let r=e&&"handle"in e?e.handle:e;return t.bindFramebuffer(36160,r)},blend:(t,e)=>e?t.enable(3042):t.disable(3042),blendColor:(t,e)=>t.blendColor(...e),blendEquation:(t,e)=>{let r=typeof e=="number"?[e,e]:e;t.blendEquationSeparate(...r)},blendFunc:(t,e)=>{let r=e?.length===2?[...e,...e]:e;t.blendFuncSeparate(...r)},clearColor:(t,e)=>t.clearColor(...e),clearDepth:(t,e)=>t.clearDepth(e),clearStencil:(t,e)=>t.clearStencil(e),colorMask:(t,e)=>t.colorMask(...e),cull:(t,e)=>e?t.enable(2884):t.disable(2884),cullFace:(t,e)=>t.cullFace(e),depthTest:(t,e)=>e?t.enable(2929):t.disable(2929),depthFunc:(t,e)=>t.depthFunc(e),depthMask:(t,e)=>t.depthMask(e),depthRange:(t,e)=>t.depthRange(...e),dither:(t,e)=>e?t.enable(3024):t.disable(3024),derivativeHint:(t,e)=>{t.hint(35723,e)},frontFace:(t,e)=>t.frontFace(e),mipmapHint:(t,e)=>t.hint(33170,e),lineWidth:(t,e)=>t.lineWidth(e),polygonOffsetFill:(t,e)=>e?t.enable(32823):t.disable(32823),polygonOffset:(t,e)=>t.polygonOffset(...e),sampleCoverage:(t,e)=>t.sampleCoverage(e[0],e[1]||!1),scissorTest:(t,e)=>e?t.enable(3089):t.disable(3089),scissor:(t,e)=>t.scissor(...e),stencilTest:(t,e)=>e?t.enable(2960):t.disable(2960),stencilMask:(t,e)=>{e=hp(e)?e:[e,e];let[r,n]=e;t.stencilMaskSeparate(1028,r),t.stencilMaskSeparate(1029,n)},stencilFunc:(t,e)=>{e=hp(e)&&e.length===3?[...e,...e]:e;let[r,n,i,o,s,a]=e;t.stencilFuncSeparate(1028,r,n,i),t.stencilFuncSeparate(1029,o,s,a)},stencilOp:(t,e)=>{e=hp(e)&&e.length===3?[...e,...e]:e;let[r,n,i,o,s,a]=e;t.stencilOpSeparate(1028,r,n,i),t.stencilOpSeparate(1029,o,s,a)},viewport:(t,e)=>t.viewport(...e)};Vw={blendEquation:(t,e,r)=>t.blendEquationSeparate(K(32777,e,r),K(34877,e,r)),blendFunc:(t,e,r)=>t.blendFuncSeparate(K(32969,e,r),K(32968,e,r),K(32971,e,r),K(32970,e,r)),polygonOffset:(t,e,r)=>t.polygonOffset(K(32824,e,r),K(10752,e,r)),sampleCoverage:(t,e,r)=>t.sampleCoverage(K(32938,e,r),K(32939,e,r)),stencilFuncFront:(t,e,r)=>t.stencilFuncSeparate(1028,K(2962,e,r),K(2967,e,r),K(2963,e,r)),stencilFuncBack:(t,e,r)=>t.stencilFuncSeparate(1029,K(34816,e,r),K(36003,e,r),K(36004,e,r)),stencilOpFront:(t,e,r)=>t.stencilOpSeparate(1028,K(2964,e,r),K(2965,e,r),K(2966,e,r)),stencilOpBack:(t,e,r)=>t.stencilOpSeparate(1029,K(34817,e,r),K(34818,e,r),K(34819,e,r))},pp={enable:(t,e)=>t({[e]:!0}),disable:(t,e)=>t({[e]:!1}),pixelStorei:(t,e,r)=>t({[e]:r}),hint:(t,e,r)=>t({[e]:r}),useProgram:(t,e)=>t({35725:e}),bindRenderbuffer:(t,e,r)=>t({36007:r}),bindTransformFeedback:(t,e,r)=>t({36389:r}),bindVertexArray:(t,e)=>t({34229:e}),bindFramebuffer:(t,e,r)=>{switch(e){case 36160:return t({36006:r,36010:r});case 36009:return t({36006:r});case 36008:return t({36010:r});default:return null}},bindBuffer:(t,e,r)=>{let n={34962:[34964],36662:[36662],36663:[36663],35051:[35053],35052:[35055]}[e];return n?t({[n]:r}):{valueChanged:!0}},blendColor:(t,e,r,n,i)=>t({32773:new Float32Array([e,r,n,i])}),blendEquation:(t,e)=>t({32777:e,34877:e}),blendEquationSeparate:(t,e,r)=>t({32777:e,34877:r}),blendFunc:(t,e,r)=>t({32969:e,32968:r,32971:e,32970:r}),blendFuncSeparate:(t,e,r,n,i)=>t({32969:e,32968:r,32971:n,32970:i}),clearColor:(t,e,r,n,i)=>t({3106:new Float32Array([e,r,n,i])}),clearDepth:(t,e)=>t({2931:e}),clearStencil:(t,e)=>t({2961:e}),colorMask:(t,e,r,n,i)=>t({3107:[e,r,n,i]}),cullFace:(t,e)=>t({2885:e}),depthFunc:(t,e)=>t({2932:e}),depthRange:(t,e,r)=>t({2928:new Float32Array([e,r])}),depthMask:(t,e)=>t({2930:e}),frontFace:(t,e)=>t({2886:e}),lineWidth:(t,e)=>t({2849:e}),polygonOffset:(t,e,r)=>t({32824:e,10752:r}),sampleCoverage:(t,e,r)=>t({32938:e,32939:r}),scissor:(t,e,r,n,i)=>t({3088:new Int32Array([e,r,n,i])}),stencilMask:(t,e)=>t({2968:e,36005:e}),stencilMaskSeparate:(t,e,r)=>t({[e===1028?2968:36005]:r}),stencilFunc:(t,e,r,n)=>t({2962:e,2967:r,2963:n,34816:e,36003:r,36004:n}),stencilFuncSeparate:(t,e,r,n,i)=>t({[e===1028?2962:34816]:r,[e===1028?2967:36003]:n,[e===1028?2963:36004]:i}),stencilOp:(t,e,r,n)=>t({2964:e,2965:r,2966:n,34817:e,34818:r,34819:n}),stencilOpSeparate:(t,e,r,n,i)=>t({[e===1028?2964:34817]:r,[e===1028?2965:34818]:n,[e===1028?2966:34819]:i}),viewport:(t,e,r,n,i)=>t({2978:[e,r,n,i]})},Lt=(t,e)=>t.isEnabled(e),mp={3042:Lt,2884:Lt,2929:Lt,3024:Lt,32823:Lt,32926:Lt,32928:Lt,3089:Lt,2960:Lt,35977:Lt},Ww=new Set([34016,36388,36387,35983,35368,34965,35739,35738,3074,34853,34854,34855,34856,34857,34858,34859,34860,34861,34862,34863,34864,34865,34866,34867,34868,35097,32873,35869,32874,34068])});function it(t,e){if(XB(e))return;let r={};for(let i in e){let o=Number(i),s=zw[i];s&&(typeof s=="string"?r[s]=!0:s(t,e[i],o))}let n=t.lumaState?.cache;if(n)for(let i in r){let o=Vw[i];o(t,e,n)}}function Kc(t,e=ps){if(typeof e=="number"){let i=e,o=mp[i];return o?o(t,i):t.getParameter(i)}let r=Array.isArray(e)?e:Object.keys(e),n={};for(let i of r){let o=mp[i];n[i]=o?o(t,Number(i)):t.getParameter(Number(i))}return n}function jw(t){it(t,ps)}function XB(t){for(let e in t)return!1;return!0}var ci=_(()=>{gp()});function Yw(t,e){if(t===e)return!0;if(Hw(t)&&Hw(e)&&t.length===e.length){for(let r=0;r<t.length;++r)if(t[r]!==e[r])return!1;return!0}return!1}function Hw(t){return Array.isArray(t)||ArrayBuffer.isView(t)}var qw=_(()=>{});function Xw(t,e){let r=t[e].bind(t);t[e]=function(i){if(i===void 0||Ww.has(i))return r(i);let o=ot.get(t);return i in o.cache||(o.cache[i]=r(i)),o.enable?o.cache[i]:r(i)},Object.defineProperty(t[e],"name",{value:`${e}-from-cache`,configurable:!1})}function ZB(t,e,r){if(!t[e])return;let n=t[e].bind(t);t[e]=function(...o){let s=ot.get(t),{valueChanged:a,oldValue:c}=r(s._updateCache,...o);return a&&n(...o),c},Object.defineProperty(t[e],"name",{value:`${e}-to-cache`,configurable:!1})}function KB(t){let e=t.useProgram.bind(t);t.useProgram=function(n){let i=ot.get(t);i.program!==n&&(e(n),i.program=n)}}var ot,_p=_(()=>{ci();qw();gp();ot=class{static get(e){return e.lumaState}gl;program=null;stateStack=[];enable=!0;cache=null;log;initialized=!1;constructor(e,r){this.gl=e,this.log=r?.log||(()=>{}),this._updateCache=this._updateCache.bind(this),Object.seal(this)}push(e={}){this.stateStack.push({})}pop(){let e=this.stateStack[this.stateStack.length-1];it(this.gl,e),this.stateStack.pop()}trackState(e,r){if(this.cache=r?.copyState?Kc(e):Object.assign({},ps),this.initialized)throw new Error("WebGLStateTracker");this.initialized=!0,this.gl.lumaState=this,KB(e);for(let n in pp){let i=pp[n];ZB(e,n,i)}Xw(e,"getParameter"),Xw(e,"isEnabled")}_updateCache(e){let r=!1,n,i=this.stateStack.length>0?this.stateStack[this.stateStack.length-1]:null;for(let o in e){let s=e[o],a=this.cache[o];Yw(s,a)||(r=!0,n=a,i&&!(o in i)&&(i[o]=a),this.cache[o]=s)}return{valueChanged:r,oldValue:n}}}});function ms(t){let e=t.luma||{_polyfilled:!1,extensions:{},softwareRenderer:!1};return e._polyfilled??=!1,e.extensions||={},t.luma=e,e}var yp=_(()=>{});function Zw(t,e,r){let n="",i=c=>{let l=c.statusMessage;l&&(n||=l)};t.addEventListener("webglcontextcreationerror",i,!1);let o=r.failIfMajorPerformanceCaveat!==!0,s={preserveDrawingBuffer:!0,...r,failIfMajorPerformanceCaveat:!0},a=null;try{a||=t.getContext("webgl2",s),!a&&s.failIfMajorPerformanceCaveat&&(n||="Only software GPU is available. Set `failIfMajorPerformanceCaveat: false` to allow.");let c=!1;if(!a&&o&&(s.failIfMajorPerformanceCaveat=!1,a=t.getContext("webgl2",s),c=!0),a||(a=t.getContext("webgl",{}),a&&(a=null,n||="Your browser only supports WebGL1")),!a)throw n||="Your browser does not support WebGL",new Error(`Failed to create WebGL context: ${n}`);let l=ms(a);l.softwareRenderer=c;let{onContextLost:u,onContextRestored:f}=e;return t.addEventListener("webglcontextlost",d=>u(d),!1),t.addEventListener("webglcontextrestored",d=>f(d),!1),a}finally{t.removeEventListener("webglcontextcreationerror",i,!1)}}var Kw=_(()=>{yp()});function st(t,e,r){return r[e]===void 0&&(r[e]=t.getExtension(e)||null),r[e]}var gs=_(()=>{});function Qw(t,e){let r=t.getParameter(7936),n=t.getParameter(7937);st(t,"WEBGL_debug_renderer_info",e);let i=e.WEBGL_debug_renderer_info,o=t.getParameter(i?i.UNMASKED_VENDOR_WEBGL:7936),s=t.getParameter(i?i.UNMASKED_RENDERER_WEBGL:7937),a=o||r,c=s||n,l=t.getParameter(7938),u=Jw(a,c),f=QB(a,c),d=JB(a,c);return{type:"webgl",gpu:u,gpuType:d,gpuBackend:f,vendor:a,renderer:c,version:l,shadingLanguage:"glsl",shadingLanguageVersion:300}}function Jw(t,e){return/NVIDIA/i.exec(t)||/NVIDIA/i.exec(e)?"nvidia":/INTEL/i.exec(t)||/INTEL/i.exec(e)?"intel":/Apple/i.exec(t)||/Apple/i.exec(e)?"apple":/AMD/i.exec(t)||/AMD/i.exec(e)||/ATI/i.exec(t)||/ATI/i.exec(e)?"amd":/SwiftShader/i.exec(t)||/SwiftShader/i.exec(e)?"software":"unknown"}function QB(t,e){return/Metal/i.exec(t)||/Metal/i.exec(e)?"metal":/ANGLE/i.exec(t)||/ANGLE/i.exec(e)?"opengl":"unknown"}function JB(t,e){if(/SwiftShader/i.exec(t)||/SwiftShader/i.exec(e))return"cpu";switch(Jw(t,e)){case"apple":return eO(t,e)?"integrated":"unknown";case"intel":return"integrated";case"software":return"cpu";case"unknown":return"unknown";default:return"discrete"}}function eO(t,e){return/Apple (M\d|A\d|GPU)/i.test(`${t} ${e}`)}var ev=_(()=>{gs()});function Qc(t){switch(t){case"uint8":return 5121;case"sint8":return 5120;case"unorm8":return 5121;case"snorm8":return 5120;case"uint16":return 5123;case"sint16":return 5122;case"unorm16":return 5123;case"snorm16":return 5122;case"uint32":return 5125;case"sint32":return 5124;case"float16":return 5131;case"float32":return 5126}throw new Error(String(t))}var bp=_(()=>{});function nv(t){return t in el}function Sp(t,e,r){return iv(t,e,r,new Set)}function iv(t,e,r,n){let i=el[e];if(!i||n.has(e))return!1;n.add(e);let o=(i.features||[]).every(s=>iv(t,s,r,n));return n.delete(e),o?(i.extensions||[]).every(s=>!!st(t,s,r)):!1}function ov(t,e,r){let n=e.create,i=tl[e.format];i?.gl===void 0&&(n=!1),i?.x&&(n=n&&!!st(t,i.x,r)),e.format==="stencil8"&&(n=!1);let o=i?.r===!1?!1:i?.r===void 0||Sp(t,i.r,r),s=n&&e.render&&o&&cO(t,e.format,r);return{format:e.format,create:n&&e.create,render:s,filter:n&&e.filter,blend:n&&e.blend,store:n&&e.store}}function cO(t,e,r){let n=tl[e],i=n?.gl;if(i===void 0||n?.x&&!st(t,n.x,r))return!1;let o=t.getParameter(32873),s=t.getParameter(36006),a=t.createTexture(),c=t.createFramebuffer();if(!a||!c)return!1;let l=0,u=Number(t.getError());for(;u!==l;)u=t.getError();let f=!1;try{if(t.bindTexture(3553,a),t.texStorage2D(3553,1,i,1,1),Number(t.getError())!==l)return!1;t.bindFramebuffer(36160,c),t.framebufferTexture2D(36160,36064,3553,a,0),f=Number(t.checkFramebufferStatus(36160))===36053&&Number(t.getError())===l}finally{t.bindFramebuffer(36160,s),t.deleteFramebuffer(c),t.bindTexture(3553,o),t.deleteTexture(a)}return f}function rl(t){let e=tl[t],r=uO(t),n=Se.getInfo(t);return n.compressed&&(e.dataFormat=r),{internalFormat:r,format:e?.dataFormat||lO(n.channels,n.integer,n.normalized,r),type:n.dataType?Qc(n.dataType):e?.types?.[0]||5121,compressed:n.compressed||!1}}function sv(t){switch(Se.getInfo(t).attachment){case"depth":return 36096;case"stencil":return 36128;case"depth-stencil":return 33306;default:throw new Error(`Not a depth stencil format: ${t}`)}}function lO(t,e,r,n){if(n===6408||n===6407)return n;switch(t){case"r":return e&&!r?36244:6403;case"rg":return e&&!r?33320:33319;case"rgb":return e&&!r?36248:6407;case"rgba":return e&&!r?36249:6408;case"bgra":throw new Error("bgra pixels not supported by WebGL");default:return 6408}}function uO(t){let r=tl[t]?.gl;if(r===void 0)throw new Error(`Unsupported texture format ${t}`);return r}var _s,ys,li,ui,tO,rO,nO,iO,oO,sO,tv,rv,xp,wp,vp,Ep,Jc,aO,el,tl,fi=_(()=>{R();gs();bp();_s="WEBGL_compressed_texture_s3tc",ys="WEBGL_compressed_texture_s3tc_srgb",li="EXT_texture_compression_rgtc",ui="EXT_texture_compression_bptc",tO="WEBGL_compressed_texture_etc",rO="WEBGL_compressed_texture_astc",nO="WEBGL_compressed_texture_etc1",iO="WEBGL_compressed_texture_pvrtc",oO="WEBGL_compressed_texture_atc",sO="EXT_texture_norm16",tv="EXT_render_snorm",rv="EXT_color_buffer_float",xp="snorm8-renderable-webgl",wp="norm16-renderable-webgl",vp="snorm16-renderable-webgl",Ep="float16-renderable-webgl",Jc="float32-renderable-webgl",aO="rgb9e5ufloat-renderable-webgl",el={"float32-renderable-webgl":{extensions:[rv]},"float16-renderable-webgl":{extensions:["EXT_color_buffer_half_float"]},"rgb9e5ufloat-renderable-webgl":{extensions:["WEBGL_render_shared_exponent"]},"snorm8-renderable-webgl":{extensions:[tv]},"norm16-webgl":{extensions:[sO]},"norm16-renderable-webgl":{features:["norm16-webgl"]},"snorm16-renderable-webgl":{features:["norm16-webgl"],extensions:[tv]},"float32-filterable":{extensions:["OES_texture_float_linear"]},"float16-filterable-webgl":{extensions:["OES_texture_half_float_linear"]},"texture-filterable-anisotropic-webgl":{extensions:["EXT_texture_filter_anisotropic"]},"texture-blend-float-webgl":{extensions:["EXT_float_blend"]},"texture-compression-bc":{extensions:[_s,ys,li,ui]},"texture-compression-bc5-webgl":{extensions:[li]},"texture-compression-bc7-webgl":{extensions:[ui]},"texture-compression-etc2":{extensions:[tO]},"texture-compression-astc":{extensions:[rO]},"texture-compression-etc1-webgl":{extensions:[nO]},"texture-compression-pvrtc-webgl":{extensions:[iO]},"texture-compression-atc-webgl":{extensions:[oO]}};tl={r8unorm:{gl:33321,rb:!0},r8snorm:{gl:36756,r:xp},r8uint:{gl:33330,rb:!0},r8sint:{gl:33329,rb:!0},rg8unorm:{gl:33323,rb:!0},rg8snorm:{gl:36757,r:xp},rg8uint:{gl:33336,rb:!0},rg8sint:{gl:33335,rb:!0},r16uint:{gl:33332,rb:!0},r16sint:{gl:33331,rb:!0},r16float:{gl:33325,rb:!0,r:Ep},r16unorm:{gl:33322,rb:!0,r:wp},r16snorm:{gl:36760,r:vp},"rgba4unorm-webgl":{gl:32854,rb:!0},"rgb565unorm-webgl":{gl:36194,rb:!0},"rgb5a1unorm-webgl":{gl:32855,rb:!0},"rgb8unorm-webgl":{gl:32849},"rgb8snorm-webgl":{gl:36758},rgba8unorm:{gl:32856},"rgba8unorm-srgb":{gl:35907},rgba8snorm:{gl:36759,r:xp},rgba8uint:{gl:36220},rgba8sint:{gl:36238},bgra8unorm:{},"bgra8unorm-srgb":{},rg16uint:{gl:33338},rg16sint:{gl:33337},rg16float:{gl:33327,rb:!0,r:Ep},rg16unorm:{gl:33324,r:wp},rg16snorm:{gl:36761,r:vp},r32uint:{gl:33334,rb:!0},r32sint:{gl:33333,rb:!0},r32float:{gl:33326,r:Jc},rgb9e5ufloat:{gl:35901,r:aO},rg11b10ufloat:{gl:35898,rb:!0},rgb10a2unorm:{gl:32857,rb:!0},rgb10a2uint:{gl:36975,rb:!0},"rgb16unorm-webgl":{gl:32852,r:!1},"rgb16snorm-webgl":{gl:36762,r:!1},rg32uint:{gl:33340,rb:!0},rg32sint:{gl:33339,rb:!0},rg32float:{gl:33328,rb:!0,r:Jc},rgba16uint:{gl:36214,rb:!0},rgba16sint:{gl:36232,rb:!0},rgba16float:{gl:34842,r:Ep},rgba16unorm:{gl:32859,rb:!0,r:wp},rgba16snorm:{gl:36763,r:vp},"rgb32float-webgl":{gl:34837,x:rv,r:Jc,dataFormat:6407,types:[5126]},rgba32uint:{gl:36208,rb:!0},rgba32sint:{gl:36226,rb:!0},rgba32float:{gl:34836,rb:!0,r:Jc},stencil8:{gl:36168,rb:!0},depth16unorm:{gl:33189,dataFormat:6402,types:[5123],rb:!0},depth24plus:{gl:33190,dataFormat:6402,types:[5125]},depth32float:{gl:36012,dataFormat:6402,types:[5126],rb:!0},"depth24plus-stencil8":{gl:35056,rb:!0,depthTexture:!0,dataFormat:34041,types:[34042]},"depth32float-stencil8":{gl:36013,dataFormat:34041,types:[36269],rb:!0},"bc1-rgb-unorm-webgl":{gl:33776,x:_s},"bc1-rgb-unorm-srgb-webgl":{gl:35916,x:ys},"bc1-rgba-unorm":{gl:33777,x:_s},"bc1-rgba-unorm-srgb":{gl:35916,x:ys},"bc2-rgba-unorm":{gl:33778,x:_s},"bc2-rgba-unorm-srgb":{gl:35918,x:ys},"bc3-rgba-unorm":{gl:33779,x:_s},"bc3-rgba-unorm-srgb":{gl:35919,x:ys},"bc4-r-unorm":{gl:36283,x:li},"bc4-r-snorm":{gl:36284,x:li},"bc5-rg-unorm":{gl:36285,x:li},"bc5-rg-snorm":{gl:36286,x:li},"bc6h-rgb-ufloat":{gl:36495,x:ui},"bc6h-rgb-float":{gl:36494,x:ui},"bc7-rgba-unorm":{gl:36492,x:ui},"bc7-rgba-unorm-srgb":{gl:36493,x:ui},"etc2-rgb8unorm":{gl:37492},"etc2-rgb8unorm-srgb":{gl:37494},"etc2-rgb8a1unorm":{gl:37496},"etc2-rgb8a1unorm-srgb":{gl:37497},"etc2-rgba8unorm":{gl:37493},"etc2-rgba8unorm-srgb":{gl:37495},"eac-r11unorm":{gl:37488},"eac-r11snorm":{gl:37489},"eac-rg11unorm":{gl:37490},"eac-rg11snorm":{gl:37491},"astc-4x4-unorm":{gl:37808},"astc-4x4-unorm-srgb":{gl:37840},"astc-5x4-unorm":{gl:37809},"astc-5x4-unorm-srgb":{gl:37841},"astc-5x5-unorm":{gl:37810},"astc-5x5-unorm-srgb":{gl:37842},"astc-6x5-unorm":{gl:37811},"astc-6x5-unorm-srgb":{gl:37843},"astc-6x6-unorm":{gl:37812},"astc-6x6-unorm-srgb":{gl:37844},"astc-8x5-unorm":{gl:37813},"astc-8x5-unorm-srgb":{gl:37845},"astc-8x6-unorm":{gl:37814},"astc-8x6-unorm-srgb":{gl:37846},"astc-8x8-unorm":{gl:37815},"astc-8x8-unorm-srgb":{gl:37847},"astc-10x5-unorm":{gl:37816},"astc-10x5-unorm-srgb":{gl:37848},"astc-10x6-unorm":{gl:37817},"astc-10x6-unorm-srgb":{gl:37849},"astc-10x8-unorm":{gl:37818},"astc-10x8-unorm-srgb":{gl:37850},"astc-10x10-unorm":{gl:37819},"astc-10x10-unorm-srgb":{gl:37851},"astc-12x10-unorm":{gl:37820},"astc-12x10-unorm-srgb":{gl:37852},"astc-12x12-unorm":{gl:37821},"astc-12x12-unorm-srgb":{gl:37853},"pvrtc-rgb4unorm-webgl":{gl:35840},"pvrtc-rgba4unorm-webgl":{gl:35842},"pvrtc-rgb2unorm-webgl":{gl:35841},"pvrtc-rgba2unorm-webgl":{gl:35843},"etc1-rbg-unorm-webgl":{gl:36196},"atc-rgb-unorm-webgl":{gl:35986},"atc-rgba-unorm-webgl":{gl:35986},"atc-rgbai-unorm-webgl":{gl:34798}}});var av,nl,cv=_(()=>{R();gs();fi();av={"depth-clip-control":"EXT_depth_clamp","timestamp-query":"EXT_disjoint_timer_query_webgl2","compilation-status-async-webgl":"KHR_parallel_shader_compile","html-in-canvas":t=>Zf()&&typeof t.texElementImage2D=="function","polygon-mode-webgl":"WEBGL_polygon_mode","provoking-vertex-webgl":"WEBGL_provoking_vertex","shader-clip-cull-distance-webgl":"WEBGL_clip_cull_distance","shader-noperspective-interpolation-webgl":"NV_shader_noperspective_interpolation","shader-conservative-depth-webgl":"EXT_conservative_depth"},nl=class extends to{gl;extensions;testedFeatures=new Set;constructor(e,r,n){super([],n),this.gl=e,this.extensions=r,st(e,"EXT_color_buffer_float",r)}*[Symbol.iterator](){let e=this.getFeatures();for(let r of e)this.has(r)&&(yield r);return[]}has(e){return this.disabledFeatures?.[e]?!1:(this.testedFeatures.has(e)||(this.testedFeatures.add(e),nv(e)&&Sp(this.gl,e,this.extensions)&&this.features.add(e),this.getWebGLFeature(e)&&this.features.add(e)),this.features.has(e))}initializeFeatures(){let e=this.getFeatures().filter(r=>r!=="polygon-mode-webgl");for(let r of e)this.has(r)}getFeatures(){return[...Object.keys(av),...Object.keys(el)]}getWebGLFeature(e){let r=av[e];return typeof r=="string"?!!st(this.gl,r,this.extensions):typeof r=="function"?r(this.gl):!!r}}});var il,lv=_(()=>{R();il=class extends eo{get maxTextureDimension1D(){return 0}get maxTextureDimension2D(){return this.getParameter(3379)}get maxTextureDimension3D(){return this.getParameter(32883)}get maxTextureArrayLayers(){return this.getParameter(35071)}get maxBindGroups(){return 0}get maxBindGroupsPlusVertexBuffers(){return 0}get maxBindingsPerBindGroup(){return 0}get maxDynamicUniformBuffersPerPipelineLayout(){return 0}get maxDynamicStorageBuffersPerPipelineLayout(){return 0}get maxSampledTexturesPerShaderStage(){return this.getParameter(35660)}get maxSamplersPerShaderStage(){return this.getParameter(35661)}get maxStorageBuffersPerShaderStage(){return 0}get maxStorageBuffersInVertexStage(){return 0}get maxStorageBuffersInFragmentStage(){return 0}get maxStorageTexturesPerShaderStage(){return 0}get maxStorageTexturesInVertexStage(){return 0}get maxStorageTexturesInFragmentStage(){return 0}get maxUniformBuffersPerShaderStage(){return this.getParameter(35375)}get maxUniformBufferBindingSize(){return this.getParameter(35376)}get maxStorageBufferBindingSize(){return 0}get maxBufferSize(){return Number.MAX_SAFE_INTEGER}get minUniformBufferOffsetAlignment(){return this.getParameter(35380)}get minStorageBufferOffsetAlignment(){return 0}get maxVertexBuffers(){return 16}get maxVertexAttributes(){return this.getParameter(34921)}get maxVertexBufferArrayStride(){return 2048}get maxInterStageShaderVariables(){return this.getParameter(35659)}get maxColorAttachments(){return this.getParameter(36063)}get maxColorAttachmentBytesPerSample(){return 0}get maxComputeWorkgroupStorageSize(){return 0}get maxComputeInvocationsPerWorkgroup(){return 0}get maxComputeWorkgroupSizeX(){return 0}get maxComputeWorkgroupSizeY(){return 0}get maxComputeWorkgroupSizeZ(){return 0}get maxComputeWorkgroupsPerDimension(){return 0}gl;limits={};constructor(e){super(),this.gl=e}getParameter(e){return this.limits[e]===void 0&&(this.limits[e]=this.gl.getParameter(e)),this.limits[e]||0}}});function fO(t){return t<34069?t+34069:t}function dO(t){switch(t){case 36053:return"success";case 36054:return"Mismatched attachments";case 36055:return"No attachments";case 36057:return"Height/width mismatch";case 36061:return"Unsupported or split attachments";case 36182:return"Samples mismatch";default:return`${t}`}}var At,ol=_(()=>{R();fi();At=class extends Or{device;gl;handle;colorAttachments=[];depthStencilAttachment=null;constructor(e,r){super(e,r);let n=r.handle,i=n===null;this.device=e,this.gl=e.gl,this.handle=n||i?n:this.gl.createFramebuffer(),i||(e._setWebGLDebugMetadata(this.handle,this,{spector:this.props}),r.handle||(this.autoCreateAttachmentTextures(),this.updateAttachments()))}destroy(){super.destroy(),!this.destroyed&&this.handle!==null&&!this.props.handle&&this.gl.deleteFramebuffer(this.handle)}updateAttachments(){let e=this.gl.bindFramebuffer(36160,this.handle);for(let r=0;r<this.colorAttachments.length;++r){let n=this.colorAttachments[r];if(n){let i=36064+r;this._attachTextureView(i,n)}}if(this.depthStencilAttachment){let r=sv(this.depthStencilAttachment.props.format);this._attachTextureView(r,this.depthStencilAttachment)}if(this.device.props.debug){let r=this.gl.checkFramebufferStatus(36160);if(r!==36053)throw new Error(`Framebuffer ${dO(r)}`)}this.gl.bindFramebuffer(36160,e)}_attachTextureView(e,r){let{gl:n}=this.device,{texture:i}=r,o=r.props.baseMipLevel,s=r.props.baseArrayLayer;switch(n.bindTexture(i.glTarget,i.handle),i.glTarget){case 35866:case 32879:n.framebufferTextureLayer(36160,e,i.handle,o,s);break;case 34067:let a=fO(s);n.framebufferTexture2D(36160,e,a,i.handle,o);break;case 3553:n.framebufferTexture2D(36160,e,3553,i.handle,o);break;default:throw new Error("Illegal texture type")}n.bindTexture(i.glTarget,null)}resizeAttachments(e,r){if(this.handle===null){this.width=e,this.height=r;return}super.resizeAttachments(e,r)}}});var sl,uv=_(()=>{R();ol();sl=class extends ro{device;handle=null;_framebuffer=null;get[Symbol.toStringTag](){return"WebGLCanvasContext"}constructor(e,r){super(r),this.device=e,this._setAutoCreatedCanvasId(`${this.device.id}-canvas`),this._configureDevice()}_configureDevice(){(this.drawingBufferWidth!==this._framebuffer?.width||this.drawingBufferHeight!==this._framebuffer?.height)&&this._framebuffer?.resize([this.drawingBufferWidth,this.drawingBufferHeight])}_getCurrentFramebuffer(){return this._framebuffer||=new At(this.device,{id:"canvas-context-framebuffer",handle:null,width:this.drawingBufferWidth,height:this.drawingBufferHeight}),this._framebuffer}}});var al,fv=_(()=>{R();al=class extends no{device;handle=null;context2d;get[Symbol.toStringTag](){return"WebGLPresentationContext"}constructor(e,r={}){super(r),this.device=e;let n=`${this[Symbol.toStringTag]}(${this.id})`;if(!this.device.getDefaultCanvasContext().offscreenCanvas)throw new Error(`${n}: WebGL PresentationContext requires the default CanvasContext canvas to be an OffscreenCanvas`);let o=this.canvas.getContext("2d");if(!o)throw new Error(`${n}: Failed to create 2d presentation context`);this.context2d=o,this._setAutoCreatedCanvasId(`${this.device.id}-presentation-canvas`),this._configureDevice(),this._startObservers()}present(){this._resizeDrawingBufferIfNeeded(),this.device.submit();let e=this.device.getDefaultCanvasContext(),[r,n]=e.getDrawingBufferSize();if(!(this.drawingBufferWidth===0||this.drawingBufferHeight===0||r===0||n===0||e.canvas.width===0||e.canvas.height===0)){if(r!==this.drawingBufferWidth||n!==this.drawingBufferHeight||e.canvas.width!==this.drawingBufferWidth||e.canvas.height!==this.drawingBufferHeight)throw new Error(`${this[Symbol.toStringTag]}(${this.id}): Default canvas context size ${r}x${n} does not match presentation size ${this.drawingBufferWidth}x${this.drawingBufferHeight}`);this.context2d.clearRect(0,0,this.drawingBufferWidth,this.drawingBufferHeight),this.context2d.drawImage(e.canvas,0,0)}}_configureDevice(){}_getCurrentFramebuffer(e){let r=this.device.getDefaultCanvasContext();return r.setDrawingBufferSize(this.drawingBufferWidth,this.drawingBufferHeight),r.getCurrentFramebuffer(e)}}});function dv(t="id"){Tp[t]=Tp[t]||1;let e=Tp[t]++;return`${t}-${e}`}var Tp,hv=_(()=>{Tp={}});function hO(t){return t&k.INDEX?34963:t&k.VERTEX?34962:t&k.UNIFORM?35345:34962}function pO(t){return t&k.INDEX||t&k.VERTEX?35044:t&k.UNIFORM?35048:35044}var at,cl=_(()=>{R();at=class extends k{device;gl;handle;glTarget;glUsage;glIndexType=5123;byteLength=0;bytesUsed=0;constructor(e,r={}){super(e,r),this.device=e,this.gl=this.device.gl;let n=typeof r=="object"?r.handle:void 0;this.handle=n||this.gl.createBuffer(),e._setWebGLDebugMetadata(this.handle,this,{spector:{...this.props,data:typeof this.props.data}}),this.glTarget=hO(this.props.usage),this.glUsage=pO(this.props.usage),this.glIndexType=this.props.indexType==="uint32"?5125:5123,r.data?this._initWithData(r.data,r.byteOffset,r.byteLength):this._initWithByteLength(r.byteLength||0)}destroy(){!this.destroyed&&this.handle&&(this.removeStats(),this.props.handle?this.trackDeallocatedReferencedMemory("Buffer"):(this.trackDeallocatedMemory(),this.gl.deleteBuffer(this.handle)),this.destroyed=!0,this.handle=null)}_initWithData(e,r=0,n=e.byteLength+r){let i=this.glTarget;this.gl.bindBuffer(i,this.handle),this.gl.bufferData(i,n,this.glUsage),this.gl.bufferSubData(i,r,e),this.gl.bindBuffer(i,null),this.bytesUsed=n,this.byteLength=n,this._setDebugData(e,r,n),this.props.handle?this.trackReferencedMemory(n,"Buffer"):this.trackAllocatedMemory(n)}_initWithByteLength(e){let r=e;e===0&&(r=new Float32Array(0));let n=this.glTarget;return this.gl.bindBuffer(n,this.handle),this.gl.bufferData(n,r,this.glUsage),this.gl.bindBuffer(n,null),this.bytesUsed=e,this.byteLength=e,this._setDebugData(null,0,e),this.props.handle?this.trackReferencedMemory(e,"Buffer"):this.trackAllocatedMemory(e),this}write(e,r=0){let n=ArrayBuffer.isView(e)?e:new Uint8Array(e),i=0,o=void 0,s=36663;this.gl.bindBuffer(s,this.handle),i!==0||o!==void 0?this.gl.bufferSubData(s,r,n,i,o):this.gl.bufferSubData(s,r,n),this.gl.bindBuffer(s,null),this._setDebugData(e,r,e.byteLength)}async mapAndWriteAsync(e,r=0,n=this.byteLength-r){let i=new ArrayBuffer(n);await e(i,"copied"),this.write(i,r)}async readAsync(e=0,r){return this.readSyncWebGL(e,r)}async mapAndReadAsync(e,r=0,n){let i=await this.readAsync(r,n);return await e(i.buffer,"copied")}readSyncWebGL(e=0,r){r=r??this.byteLength-e;let n=new Uint8Array(r),i=0;return this.gl.bindBuffer(36662,this.handle),this.gl.getBufferSubData(36662,e,n,i,r),this.gl.bindBuffer(36662,null),this._setDebugData(n,e,r),n}}});function pv(t){let e=t.split(/\r?\n/),r=[];for(let n of e){if(n.length<=1)continue;let i=n.trim(),o=n.split(":"),s=o[0]?.trim();if(o.length===2){let[h,p]=o;if(!h||!p){r.push({message:i,type:ll(s||"info"),lineNum:0,linePos:0});continue}r.push({message:p.trim(),type:ll(h),lineNum:0,linePos:0});continue}let[a,c,l,...u]=o;if(!a||!c||!l){r.push({message:o.slice(1).join(":").trim()||i,type:ll(s||"info"),lineNum:0,linePos:0});continue}let f=parseInt(l,10);Number.isNaN(f)&&(f=0);let d=parseInt(c,10);Number.isNaN(d)&&(d=0),r.push({message:u.join(":").trim(),type:ll(a),lineNum:f,linePos:d})}return r}function ll(t){let e=["warning","error","info"],r=t.toLowerCase();return e.includes(r)?r:"info"}var mv=_(()=>{});function mO(t){return t.split(/\r?\n/).find(e=>e.trim())?.trim()}var ul,gv=_(()=>{R();mv();ul=class extends Br{device;handle;_compilationInfoLog="";constructor(e,r){super(e,r),this.device=e;let n=this.props.handle;switch(this.props.stage){case"vertex":this.handle=n||this.device.gl.createShader(35633);break;case"fragment":this.handle=n||this.device.gl.createShader(35632);break;default:throw new Error(this.props.stage)}e._setWebGLDebugMetadata(this.handle,this,{spector:this.props});let i=this._compile(this.source);i&&typeof i.catch=="function"&&i.catch(()=>{this.compilationStatus="error"})}destroy(){this.handle&&(this.removeStats(),this.device.gl.deleteShader(this.handle),this.destroyed=!0,this.handle.destroyed=!0)}get asyncCompilationStatus(){return this._waitForCompilationComplete().then(()=>(this._getCompilationStatus(),this.compilationStatus))}async getCompilationInfo(){return await this._waitForCompilationComplete(),this.getCompilationInfoSync()}getCompilationInfoSync(){let e=this._getCompilationInfoLog();return e?pv(e):[]}getTranslatedSource(){return this.device.getExtension("WEBGL_debug_shaders").WEBGL_debug_shaders?.getTranslatedShaderSource(this.handle)||null}_compile(e){e=e.startsWith("#version ")?e:`#version 300 es
${e}`;let{gl:r}=this.device;if(r.shaderSource(this.handle,e),r.compileShader(this.handle),!this.device.props.debug){this.compilationStatus="pending";return}if(!this.device.features.has("compilation-status-async-webgl")){if(this._getCompilationStatus(),this.debugShader(),this.compilationStatus==="error")throw new Error(this._getCompilationErrorMessage(e));return}return S.once(1,"Shader compilation is asynchronous")(),this._waitForCompilationComplete().then(()=>{S.info(2,`Shader ${this.id} - async compilation complete: ${this.compilationStatus}`)(),this._getCompilationStatus(),this.debugShader()})}async _waitForCompilationComplete(){let e=async i=>await new Promise(o=>setTimeout(o,i));if(!this.device.features.has("compilation-status-async-webgl")){await e(10);return}let{gl:n}=this.device;for(;;){if(n.getShaderParameter(this.handle,37297))return;await e(10)}}_getCompilationStatus(){this.compilationStatus=this.device.gl.getShaderParameter(this.handle,35713)?"success":"error",this.compilationStatus==="error"&&this._getCompilationInfoLog()}_getCompilationErrorMessage(e){let r=`${this.props.stage} shader ${this.props.id}`,n=mO(this._getCompilationInfoLog()),i=this.getCompilationInfoSync(),o=i.find(u=>u.type==="error"&&u.message.trim())||i.find(u=>u.message.trim())||i.find(u=>u.type==="error")||i[0];if(!o)return n?`GLSL compilation errors in ${r}: ${n}`:`GLSL compilation errors in ${r}: WebGL did not provide a shader compiler log`;let s=o.lineNum?e.split(/\r?\n/)[o.lineNum-1]?.trim():void 0,a=o.lineNum?` line ${o.lineNum}`:"",c=s?`
Source: ${s}`:"",l=o.message.trim()||n||"WebGL did not provide a shader compiler log";return`GLSL compilation errors in ${r}:${a}: ${l}${c}`}_getCompilationInfoLog(){let e=this.device.gl.getShaderInfoLog(this.handle)?.trim();return e&&(this._compilationInfoLog=e),this._compilationInfoLog}}});function yv(t,e,r,n){if(bO(e))return n(t);let i=t;i.pushState();try{return gO(t,e),it(i.gl,r),n(t)}finally{i.popState()}}function gO(t,e){let r=t,{gl:n}=r;if(e.cullMode)switch(e.cullMode){case"none":n.disable(2884);break;case"front":n.enable(2884),n.cullFace(1028);break;case"back":n.enable(2884),n.cullFace(1029);break}if(e.frontFace&&n.frontFace(cn("frontFace",e.frontFace,{ccw:2305,cw:2304})),e.unclippedDepth&&t.features.has("depth-clip-control")&&n.enable(34383),e.depthBias!==void 0&&(n.enable(32823),n.polygonOffset(e.depthBias,e.depthBiasSlopeScale||0)),e.provokingVertex&&t.features.has("provoking-vertex-webgl")){let o=r.getExtension("WEBGL_provoking_vertex").WEBGL_provoking_vertex,s=cn("provokingVertex",e.provokingVertex,{first:36429,last:36430});o?.provokingVertexWEBGL(s)}if((e.polygonMode||e.polygonOffsetLine)&&t.features.has("polygon-mode-webgl")){if(e.polygonMode){let o=r.getExtension("WEBGL_polygon_mode").WEBGL_polygon_mode,s=cn("polygonMode",e.polygonMode,{fill:6914,line:6913});o?.polygonModeWEBGL(1028,s),o?.polygonModeWEBGL(1029,s)}e.polygonOffsetLine&&n.enable(10754)}if(t.features.has("shader-clip-cull-distance-webgl")&&(e.clipDistance0&&n.enable(12288),e.clipDistance1&&n.enable(12289),e.clipDistance2&&n.enable(12290),e.clipDistance3&&n.enable(12291),e.clipDistance4&&n.enable(12292),e.clipDistance5&&n.enable(12293),e.clipDistance6&&n.enable(12294),e.clipDistance7&&n.enable(12295)),e.depthWriteEnabled!==void 0&&n.depthMask(yO("depthWriteEnabled",e.depthWriteEnabled)),e.depthCompare&&(e.depthCompare!=="always"?n.enable(2929):n.disable(2929),n.depthFunc(dl("depthCompare",e.depthCompare))),e.clearDepth!==void 0&&n.clearDepth(e.clearDepth),e.stencilWriteMask){let i=e.stencilWriteMask;n.stencilMaskSeparate(1028,i),n.stencilMaskSeparate(1029,i)}if(e.stencilReadMask&&S.warn("stencilReadMask not supported under WebGL"),e.stencilCompare){let i=e.stencilReadMask||4294967295,o=dl("depthCompare",e.stencilCompare);e.stencilCompare!=="always"?n.enable(2960):n.disable(2960),n.stencilFuncSeparate(1028,o,0,i),n.stencilFuncSeparate(1029,o,0,i)}if(e.stencilPassOperation&&e.stencilFailOperation&&e.stencilDepthFailOperation){let i=Pp("stencilPassOperation",e.stencilPassOperation),o=Pp("stencilFailOperation",e.stencilFailOperation),s=Pp("stencilDepthFailOperation",e.stencilDepthFailOperation);n.stencilOpSeparate(1028,o,s,i),n.stencilOpSeparate(1029,o,s,i)}switch(e.blend){case!0:n.enable(3042);break;case!1:n.disable(3042);break;default:}if(e.blendColorOperation||e.blendAlphaOperation){let i=_v("blendColorOperation",e.blendColorOperation||"add"),o=_v("blendAlphaOperation",e.blendAlphaOperation||"add");n.blendEquationSeparate(i,o);let s=fl("blendColorSrcFactor",e.blendColorSrcFactor||"one"),a=fl("blendColorDstFactor",e.blendColorDstFactor||"zero"),c=fl("blendAlphaSrcFactor",e.blendAlphaSrcFactor||"one"),l=fl("blendAlphaDstFactor",e.blendAlphaDstFactor||"zero");n.blendFuncSeparate(s,a,c,l)}}function dl(t,e){return cn(t,e,{never:512,less:513,equal:514,"less-equal":515,greater:516,"not-equal":517,"greater-equal":518,always:519})}function Pp(t,e){return cn(t,e,{keep:7680,zero:0,replace:7681,invert:5386,"increment-clamp":7682,"decrement-clamp":7683,"increment-wrap":34055,"decrement-wrap":34056})}function _v(t,e){return cn(t,e,{add:32774,subtract:32778,"reverse-subtract":32779,min:32775,max:32776})}function fl(t,e,r="color"){return cn(t,e,{one:1,zero:0,src:768,"one-minus-src":769,dst:774,"one-minus-dst":775,"src-alpha":770,"one-minus-src-alpha":771,"dst-alpha":772,"one-minus-dst-alpha":773,"src-alpha-saturated":776,constant:r==="color"?32769:32771,"one-minus-constant":r==="color"?32770:32772,src1:768,"one-minus-src1":769,"src1-alpha":770,"one-minus-src1-alpha":771})}function _O(t,e){return`Illegal parameter ${e} for ${t}`}function cn(t,e,r){if(!(e in r))throw new Error(_O(t,e));return r[e]}function yO(t,e){return e}function bO(t){let e=!0;for(let r in t){e=!1;break}return e}var Lp=_(()=>{R();ci()});function hl(t){let e={};return t.addressModeU&&(e[10242]=Ap(t.addressModeU)),t.addressModeV&&(e[10243]=Ap(t.addressModeV)),t.addressModeW&&(e[32882]=Ap(t.addressModeW)),t.magFilter&&(e[10240]=Cp(t.magFilter)),(t.minFilter||t.mipmapFilter)&&(e[10241]=xO(t.minFilter||"linear",t.mipmapFilter)),t.lodMinClamp!==void 0&&(e[33082]=t.lodMinClamp),t.lodMaxClamp!==void 0&&(e[33083]=t.lodMaxClamp),t.type==="comparison-sampler"&&(e[34892]=34894),t.compare&&(e[34893]=dl("compare",t.compare)),t.maxAnisotropy&&(e[34046]=t.maxAnisotropy),e}function Ap(t){switch(t){case"clamp-to-edge":return 33071;case"repeat":return 10497;case"mirror-repeat":return 33648}}function Cp(t){switch(t){case"nearest":return 9728;case"linear":return 9729}}function xO(t,e="none"){if(!e)return Cp(t);switch(e){case"none":return Cp(t);case"nearest":switch(t){case"nearest":return 9984;case"linear":return 9985}break;case"linear":switch(t){case"nearest":return 9986;case"linear":return 9987}}}var Mp=_(()=>{Lp()});var pl,bv=_(()=>{R();Mp();pl=class extends Ir{device;handle;parameters;constructor(e,r){super(e,r),this.device=e,this.parameters=hl(r),this.handle=r.handle||this.device.gl.createSampler(),this._setSamplerParameters(this.parameters)}destroy(){this.handle&&(this.device.gl.deleteSampler(this.handle),this.handle=void 0)}toString(){return`Sampler(${this.id},${JSON.stringify(this.props)})`}_setSamplerParameters(e){for(let[r,n]of Object.entries(e)){let i=Number(r);switch(i){case 33082:case 33083:this.device.gl.samplerParameterf(this.handle,i,n);break;default:this.device.gl.samplerParameteri(this.handle,i,n);break}}}}});function ct(t,e,r){if(wO(e))return r(t);let{nocatch:n=!0}=e,i=ot.get(t);i.push(),it(t,e);let o;if(n)o=r(t),i.pop();else try{o=r(t)}finally{i.pop()}return o}function wO(t){for(let e in t)return!1;return!0}var ml=_(()=>{ci();_p()});var Ct,Ip=_(()=>{R();Ct=class extends Rr{device;gl;handle;texture;constructor(e,r){super(e,{...G.defaultProps,...r}),this.device=e,this.gl=this.device.gl,this.handle=null,this.texture=r.texture}}});function gl(t){return vO[t]}var vO,Rp=_(()=>{vO={5124:"sint32",5125:"uint32",5122:"sint16",5123:"uint16",5120:"sint8",5121:"uint8",5126:"float32",5131:"float16",33635:"uint16",32819:"uint16",32820:"uint16",33640:"uint32",35899:"uint32",35902:"uint32",34042:"uint32",36269:"uint32"}});function EO(t,e=0){return e?new t.constructor(t.buffer,t.byteOffset+e,(t.byteLength-e)/t.BYTES_PER_ELEMENT):t}function SO(t,e){if(e%t.BYTES_PER_ELEMENT!==0)throw new Error(`Texture byteOffset ${e} must align to typed array element size ${t.BYTES_PER_ELEMENT}`);return e/t.BYTES_PER_ELEMENT}function TO(t){switch(t){case"1d":break;case"2d":return 3553;case"3d":return 32879;case"cube":return 34067;case"2d-array":return 35866;case"cube-array":break}throw new Error(t)}function bs(t,e,r){return e==="cube"?34069+r:t}var Mt,_l=_(()=>{R();fi();Mp();ml();Ip();Rp();Mt=class extends G{device;gl;handle;sampler=void 0;view;glTarget;glFormat;glType;glInternalFormat;compressed;_textureUnit=0;_framebuffer=null;_framebufferAttachmentKey=null;constructor(e,r){super(e,r,{byteAlignment:1}),this.device=e,this.gl=this.device.gl;let n=rl(this.props.format);if(this.glTarget=TO(this.props.dimension),this.glInternalFormat=n.internalFormat,this.glFormat=n.format,this.glType=n.type,this.compressed=n.compressed,this.isHandleBorrowed&&this.props.handle===void 0)throw new Error("Borrowed WebGL textures require a texture handle");if(this.handle=this.props.handle||this.gl.createTexture(),this.device._setWebGLDebugMetadata(this.handle,this,{spector:this.props}),!this.isHandleBorrowed){this.gl.bindTexture(this.glTarget,this.handle);let{dimension:i,width:o,height:s,depth:a,mipLevels:c,glTarget:l,glInternalFormat:u}=this;if(!this.compressed)switch(i){case"2d":case"cube":this.gl.texStorage2D(l,c,u,o,s);break;case"2d-array":case"3d":this.gl.texStorage3D(l,c,u,o,s,a);break;default:throw new Error(i)}this.gl.bindTexture(this.glTarget,null),this._initializeData(r.data)}this.ownsHandle?this.trackAllocatedMemory(this.getAllocatedByteLength(),"Texture"):this.trackReferencedMemory(this.getAllocatedByteLength(),"Texture"),this.isHandleBorrowed||this.setSampler(this.props.sampler),this.view=new Ct(this.device,{...this.props,texture:this}),Object.seal(this)}destroy(){this.handle&&(this._framebuffer?.destroy(),this._framebuffer=null,this._framebufferAttachmentKey=null,this.removeStats(),this.ownsHandle?(this.gl.deleteTexture(this.handle),this.trackDeallocatedMemory("Texture")):this.trackDeallocatedReferencedMemory("Texture"),this.destroyed=!0)}createView(e){return new Ct(this.device,{...e,texture:this})}clone(e){if(this.isHandleBorrowed&&e&&(e.width!==this.width||e.height!==this.height))throw new Error(`Cannot resize borrowed read-only ${this}`);return super.clone(e)}setSampler(e={}){this._assertWritable("set sampler parameters on"),super.setSampler(e);let r=hl(this.sampler.props);this._setSamplerParameters(r)}copyExternalImage(e){this._assertWritable("copy external image data into");let r=this._normalizeCopyExternalImageOptions(e);if(r.sourceX||r.sourceY)throw new Error("WebGL does not support sourceX/sourceY)");let{glFormat:n,glType:i}=this,{image:o,depth:s,mipLevel:a,x:c,y:l,z:u,width:f,height:d}=r,h=bs(this.glTarget,this.dimension,u),p=r.flipY?{37440:!0}:{};return this.gl.bindTexture(this.glTarget,this.handle),ct(this.gl,p,()=>{switch(this.dimension){case"2d":case"cube":this.gl.texSubImage2D(h,a,c,l,f,d,n,i,o);break;case"2d-array":case"3d":this.gl.texSubImage3D(h,a,c,l,u,f,d,s,n,i,o);break;default:}}),this.gl.bindTexture(this.glTarget,null),{width:r.width,height:r.height}}copyElementImage(e){this._assertWritable("copy element image data into");let r=this._normalizeCopyElementImageOptions(e),{glFormat:n}=this,{element:i,depth:o,mipLevel:s,sourceX:a,sourceY:c,sourceWidth:l,sourceHeight:u,x:f,y:d,z:h,width:p,height:g}=r,m=bs(this.glTarget,this.dimension,h),b=r.flipY?{37440:!0}:{},x=this.gl;if(o!==1||this.dimension!=="2d"&&this.dimension!=="cube")throw new Error(`${this} copyElementImage only supports 2d and cube textures on WebGL`);if(s!==0||f!==0||d!==0)throw new Error(`${this} copyElementImage only supports full base-level uploads on WebGL`);if(typeof x.texElementImage2D!="function")throw new Error(`${this} copyElementImage is not supported by this WebGL implementation`);return this.gl.bindTexture(this.glTarget,this.handle),ct(this.gl,b,()=>{x.texElementImage2D?.(m,n,i,{sx:a,sy:c,swidth:l??p,sheight:u??g,width:p,height:g})}),this.gl.bindTexture(this.glTarget,null),{width:r.width,height:r.height}}copyImageData(e){super.copyImageData(e)}readBuffer(e={},r){if(!r)throw new Error(`${this} readBuffer requires a destination buffer`);let n=this._getSupportedColorReadOptions(e),i=e.byteOffset??0,o=this.computeMemoryLayout(n);if(r.byteLength<i+o.byteLength)throw new Error(`${this} readBuffer target is too small (${r.byteLength} < ${i+o.byteLength})`);let s=r;this.gl.bindBuffer(35051,s.handle);try{this._readColorTextureLayers(n,o,a=>{this.gl.readPixels(n.x,n.y,n.width,n.height,this.glFormat,this.glType,i+a)})}finally{this.gl.bindBuffer(35051,null)}return r}async readDataAsync(e={}){throw new Error(`${this} readDataAsync is deprecated; use readBuffer() with an explicit destination buffer or DynamicTexture.readAsync()`)}writeBuffer(e,r={}){this._assertWritable("write buffer data into");let n=this._normalizeTextureWriteOptions(r),{width:i,height:o,depthOrArrayLayers:s,mipLevel:a,byteOffset:c,x:l,y:u,z:f}=n,{glFormat:d,glType:h,compressed:p}=this,g=bs(this.glTarget,this.dimension,f);if(p)throw new Error("writeBuffer for compressed textures is not implemented in WebGL");let{bytesPerPixel:m}=this.device.getTextureFormatInfo(this.format),b=m?n.bytesPerRow/m:void 0,x={3317:this.byteAlignment,...b!==void 0?{3314:b}:{},32878:n.rowsPerImage};this.gl.bindTexture(this.glTarget,this.handle),this.gl.bindBuffer(35052,e.handle),ct(this.gl,x,()=>{switch(this.dimension){case"2d":case"cube":this.gl.texSubImage2D(g,a,l,u,i,o,d,h,c);break;case"2d-array":case"3d":this.gl.texSubImage3D(g,a,l,u,f,i,o,s,d,h,c);break;default:}}),this.gl.bindBuffer(35052,null),this.gl.bindTexture(this.glTarget,null)}writeData(e,r={}){this._assertWritable("write data into");let n=this._normalizeTextureWriteOptions(r),i=ArrayBuffer.isView(e)?e:new Uint8Array(e),{width:o,height:s,depthOrArrayLayers:a,mipLevel:c,x:l,y:u,z:f,byteOffset:d}=n,{glFormat:h,glType:p,compressed:g}=this,m=bs(this.glTarget,this.dimension,f),b;if(!g){let{bytesPerPixel:P}=this.device.getTextureFormatInfo(this.format);P&&(b=n.bytesPerRow/P)}let x=this.compressed?{}:{3317:this.byteAlignment,...b!==void 0?{3314:b}:{},32878:n.rowsPerImage},y=SO(i,d),w=g?EO(i,d):i,v=this._getMipLevelSize(c),E=l===0&&u===0&&f===0&&o===v.width&&s===v.height&&a===v.depthOrArrayLayers;this.gl.bindTexture(this.glTarget,this.handle),this.gl.bindBuffer(35052,null),ct(this.gl,x,()=>{switch(this.dimension){case"2d":case"cube":g?E?this.gl.compressedTexImage2D(m,c,h,o,s,0,w):this.gl.compressedTexSubImage2D(m,c,l,u,o,s,h,w):this.gl.texSubImage2D(m,c,l,u,o,s,h,p,i,y);break;case"2d-array":case"3d":g?E?this.gl.compressedTexImage3D(m,c,h,o,s,a,0,w):this.gl.compressedTexSubImage3D(m,c,l,u,f,o,s,a,h,w):this.gl.texSubImage3D(m,c,l,u,f,o,s,a,h,p,i,y);break;default:}}),this.gl.bindTexture(this.glTarget,null)}_getRowByteAlignment(e,r){return 1}_getFramebuffer(){return this._framebuffer||=this.device.createFramebuffer({id:`framebuffer-for-${this.id}`,width:this.width,height:this.height,colorAttachments:[this]}),this._framebuffer}readDataSyncWebGL(e={}){let r=this._getSupportedColorReadOptions(e),n=this.computeMemoryLayout(r),i=gl(this.glType),o=Mr(i),s=new o(n.byteLength/o.BYTES_PER_ELEMENT);return this._readColorTextureLayers(r,n,a=>{let c=new o(s.buffer,s.byteOffset+a,n.bytesPerImage/o.BYTES_PER_ELEMENT);this.gl.readPixels(r.x,r.y,r.width,r.height,this.glFormat,this.glType,c)}),s.buffer}_readColorTextureLayers(e,r,n){let i=this._getFramebuffer(),o=r.bytesPerRow/r.bytesPerPixel,s={3333:this.byteAlignment,...o!==e.width?{3330:o}:{}},a=this.gl.getParameter(3074),c=this.gl.bindFramebuffer(36160,i.handle);try{this.gl.readBuffer(36064),ct(this.gl,s,()=>{for(let l=0;l<e.depthOrArrayLayers;l++)this._attachReadSubresource(i,e.mipLevel,e.z+l),n(l*r.bytesPerImage)})}finally{this.gl.bindFramebuffer(36160,c||null),this.gl.readBuffer(a)}}_attachReadSubresource(e,r,n){let i=`${r}:${n}`;if(this._framebufferAttachmentKey!==i){switch(this.dimension){case"2d":this.gl.framebufferTexture2D(36160,36064,3553,this.handle,r);break;case"cube":this.gl.framebufferTexture2D(36160,36064,bs(this.glTarget,this.dimension,n),this.handle,r);break;case"2d-array":case"3d":this.gl.framebufferTextureLayer(36160,36064,this.handle,r,n);break;default:throw new Error(`${this} color readback does not support ${this.dimension} textures`)}if(this.device.props.debug){let o=Number(this.gl.checkFramebufferStatus(36160));if(o!==36053)throw new Error(`${e} incomplete for ${this} readback (${o})`)}this._framebufferAttachmentKey=i}}generateMipmapsWebGL(e){if(this._assertWritable("generate mipmaps for"),!(!(this.device.isTextureFormatRenderable(this.props.format)&&this.device.isTextureFormatFilterable(this.props.format))&&(S.warn(`${this} is not renderable or filterable, may not be able to generate mipmaps`)(),!e?.force)))try{this.gl.bindTexture(this.glTarget,this.handle),this.gl.generateMipmap(this.glTarget)}catch(n){S.warn(`Error generating mipmap for ${this}: ${n.message}`)()}finally{this.gl.bindTexture(this.glTarget,null)}}_setSamplerParameters(e){S.level>=2&&S.log(2,`${this.id} sampler parameters`,this.device.getGLKeys(e))(),this.gl.bindTexture(this.glTarget,this.handle);for(let[r,n]of Object.entries(e)){let i=Number(r),o=n;switch(i){case 33082:case 33083:this.gl.texParameterf(this.glTarget,i,o);break;case 10240:case 10241:this.gl.texParameteri(this.glTarget,i,o);break;case 10242:case 10243:case 32882:this.gl.texParameteri(this.glTarget,i,o);break;case 34046:this.device.features.has("texture-filterable-anisotropic-webgl")&&this.gl.texParameteri(this.glTarget,i,o);break;case 34892:case 34893:this.gl.texParameteri(this.glTarget,i,o);break}}this.gl.bindTexture(this.glTarget,null)}_getActiveUnit(){return this.gl.getParameter(34016)-33984}_bind(e){let{gl:r}=this;return e!==void 0&&(this._textureUnit=e,r.activeTexture(33984+e)),r.bindTexture(this.glTarget,this.handle),e}_unbind(e){let{gl:r}=this;return e!==void 0&&(this._textureUnit=e,r.activeTexture(33984+e)),r.bindTexture(this.glTarget,null),e}_assertWritable(e){if(this.isHandleBorrowed)throw new Error(`Cannot ${e} borrowed read-only ${this}`)}}});function xv(t,e,r,n){let i=t,o=n;o===!0&&(o=1),o===!1&&(o=0);let s=typeof o=="number"?[o]:o;switch(r){case 35678:case 35680:case 35679:case 35682:case 36289:case 36292:case 36293:case 36298:case 36299:case 36300:case 36303:case 36306:case 36307:case 36308:case 36311:if(typeof n!="number")throw new Error("samplers must be set to integers");return t.uniform1i(e,n);case 5126:return t.uniform1fv(e,s);case 35664:return t.uniform2fv(e,s);case 35665:return t.uniform3fv(e,s);case 35666:return t.uniform4fv(e,s);case 5124:return t.uniform1iv(e,s);case 35667:return t.uniform2iv(e,s);case 35668:return t.uniform3iv(e,s);case 35669:return t.uniform4iv(e,s);case 35670:return t.uniform1iv(e,s);case 35671:return t.uniform2iv(e,s);case 35672:return t.uniform3iv(e,s);case 35673:return t.uniform4iv(e,s);case 5125:return i.uniform1uiv(e,s,1);case 36294:return i.uniform2uiv(e,s,2);case 36295:return i.uniform3uiv(e,s,3);case 36296:return i.uniform4uiv(e,s,4);case 35674:return t.uniformMatrix2fv(e,!1,s);case 35675:return t.uniformMatrix3fv(e,!1,s);case 35676:return t.uniformMatrix4fv(e,!1,s);case 35685:return i.uniformMatrix2x3fv(e,!1,s);case 35686:return i.uniformMatrix2x4fv(e,!1,s);case 35687:return i.uniformMatrix3x2fv(e,!1,s);case 35688:return i.uniformMatrix3x4fv(e,!1,s);case 35689:return i.uniformMatrix4x2fv(e,!1,s);case 35690:return i.uniformMatrix4x3fv(e,!1,s)}throw new Error("Illegal uniform")}var wv=_(()=>{});function vv(t){return LO[t]}function yl(t){return PO[t]}function bl(t){return!!Sv[t]}function Ev(t){return Sv[t]}var PO,Sv,LO,xl=_(()=>{PO={5126:"f32",35664:"vec2<f32>",35665:"vec3<f32>",35666:"vec4<f32>",5124:"i32",35667:"vec2<i32>",35668:"vec3<i32>",35669:"vec4<i32>",5125:"u32",36294:"vec2<u32>",36295:"vec3<u32>",36296:"vec4<u32>",35670:"f32",35671:"vec2<f32>",35672:"vec3<f32>",35673:"vec4<f32>",35674:"mat2x2<f32>",35685:"mat2x3<f32>",35686:"mat2x4<f32>",35687:"mat3x2<f32>",35675:"mat3x3<f32>",35688:"mat3x4<f32>",35689:"mat4x2<f32>",35690:"mat4x3<f32>",35676:"mat4x4<f32>"},Sv={35678:{viewDimension:"2d",sampleType:"float"},35680:{viewDimension:"cube",sampleType:"float"},35679:{viewDimension:"3d",sampleType:"float"},35682:{viewDimension:"3d",sampleType:"depth"},36289:{viewDimension:"2d-array",sampleType:"float"},36292:{viewDimension:"2d-array",sampleType:"depth"},36293:{viewDimension:"cube",sampleType:"float"},36298:{viewDimension:"2d",sampleType:"sint"},36299:{viewDimension:"3d",sampleType:"sint"},36300:{viewDimension:"cube",sampleType:"sint"},36303:{viewDimension:"2d-array",sampleType:"uint"},36306:{viewDimension:"2d",sampleType:"uint"},36307:{viewDimension:"3d",sampleType:"uint"},36308:{viewDimension:"cube",sampleType:"uint"},36311:{viewDimension:"2d-array",sampleType:"uint"}},LO={uint8:5121,sint8:5120,unorm8:5121,snorm8:5120,uint16:5123,sint16:5122,unorm16:5123,snorm16:5122,uint32:5125,sint32:5124,float16:5131,float32:5126}});function Pv(t,e,r={}){let n={attributes:[],bindings:[]};n.attributes=AO(t,e);let i=IO(t,e,r);for(let c of i){let l=c.uniforms.map(u=>({name:u.name,format:u.format,byteOffset:u.byteOffset,byteStride:u.byteStride,arrayLength:u.arrayLength}));n.bindings.push({type:"uniform",name:c.name,group:0,location:c.location,visibility:(c.vertex?1:0)|(c.fragment?2:0),minBindingSize:c.byteLength,uniforms:l})}let o=MO(t,e),s=0;for(let c of o)if(bl(c.type)){let{viewDimension:l,sampleType:u}=Ev(c.type);n.bindings.push({type:"texture",name:c.name,group:0,location:s,viewDimension:l,sampleType:u}),c.textureUnit=s,s+=1}o.length&&(n.uniforms=o);let a=CO(t,e);return a?.length&&(n.varyings=a),n}function AO(t,e){let r=[],n=t.getProgramParameter(e,35721);for(let i=0;i<n;i++){let o=t.getActiveAttrib(e,i);if(!o)throw new Error("activeInfo");let{name:s,type:a}=o,c=t.getAttribLocation(e,s);if(c>=0){let l=yl(a),u=/instance/i.test(s)?"instance":"vertex";r.push({name:s,location:c,stepMode:u,type:l})}}return r.sort((i,o)=>i.location-o.location),r}function CO(t,e){let r=[],n=t.getProgramParameter(e,35971);for(let i=0;i<n;i++){let o=t.getTransformFeedbackVarying(e,i);if(!o)throw new Error("activeInfo");let{name:s,type:a,size:c}=o,l=yl(a),{type:u,components:f}=Cn(l);r.push({location:i,name:s,type:u,size:c*f})}return r.sort((i,o)=>i.location-o.location),r}function MO(t,e){let r=[],n=t.getProgramParameter(e,35718);for(let i=0;i<n;i++){let o=t.getActiveUniform(e,i);if(!o)throw new Error("activeInfo");let{name:s,size:a,type:c}=o,{name:l,isArray:u}=FO(s),f=t.getUniformLocation(e,l),d={location:f,name:l,size:a,type:c,isArray:u};if(r.push(d),d.size>1)for(let h=0;h<d.size;h++){let p=`${l}[${h}]`;f=t.getUniformLocation(e,p);let g={...d,name:p,location:f};r.push(g)}}return r}function IO(t,e,r){let n=[],i=BO(t,e,r);for(let[s,a]of i){n.push(a);try{let c=Tv(t,e,s,a.name);RO(c,a)}catch(c){let l=c instanceof Error?c.message:String(c);S.once(0,`WebGL uniform block reflection failed for "${a.name}"; using supplied std140 metadata. ${l}`)()}}let o=t.getProgramParameter(e,35382);if(!Number.isInteger(o)||o<0)throw new Error(`Failed to reflect WebGL uniform blocks: ACTIVE_UNIFORM_BLOCKS returned ${String(o)}`);for(let s=0;s<o;s++)i.has(s)||n.push(Tv(t,e,s));return n.sort((s,a)=>s.location-a.location),n}function RO(t,e){for(let r of t.uniforms){let n=e.uniforms.find(i=>r.name===i.name||r.name.endsWith(`.${i.name}`));if(!n)throw new Error(`Failed to validate WebGL uniform block "${e.name}": reflected unexpected member "${r.name}"`);if(r.format!==n.format||r.arrayLength!==n.arrayLength||r.byteOffset!==n.byteOffset||r.byteStride!==n.byteStride)throw new Error(`Failed to validate WebGL uniform block "${e.name}": reflected layout for "${r.name}" does not match supplied std140 metadata`)}}function BO(t,e,r){let n=new Map;for(let o of r.uniformBlockLayouts||[])n.set(o.name,kO(o));for(let o of r.shaderLayout?.bindings||[])NO(o)&&n.set(o.name,o);let i=new Map;for(let o of n.values()){let s=OO(t,e,o.name);if(!s)continue;let{blockIndex:a,blockName:c}=s;if(i.has(a))throw new Error(`Multiple supplied uniform block layouts resolve to active WebGL block "${c}"`);i.set(a,{name:c,location:a,byteLength:o.minBindingSize,vertex:!!(o.visibility&&o.visibility&1),fragment:!!(o.visibility&&o.visibility&2),uniformCount:o.uniforms.length,uniforms:o.uniforms.map(l=>({...l}))})}return i}function OO(t,e,r){let n=r.endsWith("Uniforms")?[r,r.slice(0,-8)]:[r,`${r}Uniforms`];for(let i of n){let o=t.getUniformBlockIndex(e,i);if(o!==4294967295){if(!Number.isInteger(o)||o<0)throw new Error(`Failed to resolve WebGL uniform block "${i}": getUniformBlockIndex returned ${String(o)}`);return{blockIndex:o,blockName:i}}}return null}function Tv(t,e,r,n){let i=n||t.getActiveUniformBlockName(e,r);if(!i)throw new Error(`Failed to reflect WebGL uniform block at index ${r}: missing block name`);let o=(y,w)=>{let v=t.getActiveUniformBlockParameter(e,r,y);if(v==null)throw new Error(`Failed to reflect WebGL uniform block "${i}": ${w} returned null`);return v},s=ln(o(35391,"UNIFORM_BLOCK_BINDING"),i,"UNIFORM_BLOCK_BINDING",0),a=ln(o(35392,"UNIFORM_BLOCK_DATA_SIZE"),i,"UNIFORM_BLOCK_DATA_SIZE",0),c=ln(o(35394,"UNIFORM_BLOCK_ACTIVE_UNIFORMS"),i,"UNIFORM_BLOCK_ACTIVE_UNIFORMS",0),l=Lv(o(35395,"UNIFORM_BLOCK_ACTIVE_UNIFORM_INDICES"),i,"UNIFORM_BLOCK_ACTIVE_UNIFORM_INDICES",c),u=xs(t,e,l,35383,"UNIFORM_TYPE",i,c),f=xs(t,e,l,35384,"UNIFORM_SIZE",i,c),d=xs(t,e,l,35386,"UNIFORM_BLOCK_INDEX",i,c),h=xs(t,e,l,35387,"UNIFORM_OFFSET",i,c),p=xs(t,e,l,35388,"UNIFORM_ARRAY_STRIDE",i,c),g=[];for(let y=0;y<c;y++){if(d[y]!==r)throw new Error(`Failed to reflect WebGL uniform block "${i}": active uniform index ${l[y]} belongs to block ${d[y]}, expected ${r}`);let w=l[y],v=t.getActiveUniform(e,w);if(!v)throw new Error(`Failed to reflect WebGL uniform block "${i}": getActiveUniform(${w}) returned null`);let E=ln(u[y],i,`UNIFORM_TYPE[${y}]`,1),P=ln(f[y],i,`UNIFORM_SIZE[${y}]`,1),L=ln(h[y],i,`UNIFORM_OFFSET[${y}]`,0),C=ln(p[y],i,`UNIFORM_ARRAY_STRIDE[${y}]`,0);if(v.type!==E||v.size!==P)throw new Error(`Failed to reflect WebGL uniform block "${i}": getActiveUniform(${w}) disagrees with getActiveUniforms`);g.push({name:v.name,format:yl(E),arrayLength:P,byteOffset:L,byteStride:C})}let m={name:i,location:s,byteLength:a,vertex:!!o(35396,"UNIFORM_BLOCK_REFERENCED_BY_VERTEX_SHADER"),fragment:!!o(35398,"UNIFORM_BLOCK_REFERENCED_BY_FRAGMENT_SHADER"),uniformCount:c,uniforms:g},b=new Set(m.uniforms.map(y=>y.name.split(".")[0]).filter(y=>!!y)),x=m.name.replace(/Uniforms$/,"");if(b.size===1&&!b.has(m.name)&&!b.has(x)){let[y]=b;S.warn(`Uniform block "${m.name}" uses GLSL instance "${y}". luma.gl binds uniform buffers by block name ("${m.name}") and alias ("${x}"). Prefer matching the instance name to one of those to avoid confusing silent mismatches.`)()}return m}function xs(t,e,r,n,i,o,s){let a=t.getActiveUniforms(e,r,n);if(a===null)throw new Error(`Failed to reflect WebGL uniform block "${o}": ${i} returned null`);return Lv(a,o,i,s)}function Lv(t,e,r,n){if(!Array.isArray(t)&&!ArrayBuffer.isView(t))throw new Error(`Failed to reflect WebGL uniform block "${e}": ${r} returned a non-array value`);let i=Array.from(t);if(i.length!==n||i.some(o=>!Number.isInteger(o)))throw new Error(`Failed to reflect WebGL uniform block "${e}": ${r} returned ${i.length} invalid values, expected ${n}`);return i}function ln(t,e,r,n){if(!Number.isInteger(t)||t<n)throw new Error(`Failed to reflect WebGL uniform block "${e}": ${r} returned ${String(t)}`);return t}function kO(t){let e=Fr(t.uniformTypes,{layout:"std140"}),r=DO(t.uniformTypes,e.fields);return{type:"uniform",name:t.name,group:0,location:0,minBindingSize:e.byteLength,uniforms:r}}function DO(t,e){let r=[],n=(o,s)=>{if(typeof s=="string"){let a=e[o];if(!a)throw new Error(`Missing std140 layout field ${o}`);r.push({name:o,format:a.shaderType,arrayLength:1,byteOffset:a.offset*4,byteStride:0});return}if(Array.isArray(s)){i(o,s[0],s[1]);return}for(let[a,c]of Object.entries(s))n(`${o}.${a}`,c)},i=(o,s,a)=>{if(typeof s=="string"){let c=e[`${o}[0]`],l=a>1?e[`${o}[1]`]:void 0;if(!c)throw new Error(`Missing std140 array layout field ${o}[0]`);r.push({name:`${o}[0]`,format:c.shaderType,arrayLength:a,byteOffset:c.offset*4,byteStride:l?(l.offset-c.offset)*4:0});return}if(Array.isArray(s))throw new Error(`Nested uniform arrays are not supported for ${o}`);for(let[c,l]of Object.entries(s)){if(typeof l!="string")throw new Error(`Composite uniform array members are not supported for ${o}`);let u=`${o}[0].${c}`,f=`${o}[1].${c}`,d=e[u],h=a>1?e[f]:void 0;if(!d)throw new Error(`Missing std140 array layout field ${u}`);r.push({name:u,format:d.shaderType,arrayLength:a,byteOffset:d.offset*4,byteStride:h?(h.offset-d.offset)*4:0})}};for(let[o,s]of Object.entries(t))n(o,s);return r}function NO(t){return t.type==="uniform"&&Number.isInteger(t.minBindingSize)&&t.minBindingSize>=0&&Array.isArray(t.uniforms)&&t.uniforms.every(e=>typeof e.name=="string"&&typeof e.format=="string"&&Number.isInteger(e.arrayLength)&&e.arrayLength>0&&Number.isInteger(e.byteOffset)&&e.byteOffset>=0&&Number.isInteger(e.byteStride)&&e.byteStride>=0)}function FO(t){if(t[t.length-1]!=="]")return{name:t,length:1,isArray:!1};let r=/([^[]*)(\[[0-9]+\])?/.exec(t);return{name:tr(r?.[1],`Failed to parse GLSL uniform name ${t}`),length:r?.[2]?1:0,isArray:!!r?.[2]}}var Av=_(()=>{R();xl()});function UO(t,e){let r={...t,attributes:t.attributes.map(n=>({...n})),bindings:t.bindings.map(n=>({...n}))};for(let n of e?.attributes||[]){let i=r.attributes.find(o=>o.name===n.name);i?(i.type=n.type||i.type,i.stepMode=n.stepMode||i.stepMode):S.warn(`shader layout attribute ${n.name} not present in shader`)}for(let n of e?.bindings||[]){let i=Mv(r,n.name);if(!i){S.warn(`shader layout binding ${n.name} not present in shader`);continue}Object.assign(i,n)}return r}function Mv(t,e){return t.bindings.find(r=>r.name===e||r.name===`${e}Uniforms`||`${r.name}Uniforms`===e)}function Cv(t,e){return t[e]||t[`${e}Uniforms`]||t[e.replace(/Uniforms$/,"")]}var wl,Iv=_(()=>{R();wv();cl();ol();_l();Ip();Av();wl=class extends We{device;handle;vs;fs;introspectedLayout;bindings={};uniforms={};varyings=null;_uniformCount=0;_uniformSetters={};get[Symbol.toStringTag](){return"WEBGLRenderPipeline"}constructor(e,r){super(e,r),this.device=e;let n=this.sharedRenderPipeline||this.device._createSharedRenderPipelineWebGL(r);this.sharedRenderPipeline=n,this.handle=n.handle,this.vs=n.vs,this.fs=n.fs,this.linkStatus=n.linkStatus,this.introspectedLayout=Pv(this.device.gl,this.handle,{uniformBlockLayouts:r._uniformBlockLayouts,shaderLayout:r.shaderLayout}),this.device._setWebGLDebugMetadata(this.handle,this,{spector:{id:this.props.id}}),this.shaderLayout=r.shaderLayout?UO(this.introspectedLayout,r.shaderLayout):this.introspectedLayout}destroy(){this.destroyed||(this.sharedRenderPipeline&&!this.props._sharedRenderPipeline&&this.sharedRenderPipeline.destroy(),this.destroyResource())}setBindings(e,r){let n=An(Nr(this.shaderLayout,e));for(let[i,o]of Object.entries(n)){let s=Mv(this.shaderLayout,i);if(s){switch(o||S.warn(`Unsetting binding "${i}" in render pipeline "${this.id}"`)(),s.type){case"uniform":if(!(o instanceof at)&&!(o.buffer instanceof at))throw new Error("buffer value");break;case"texture":if(!(o instanceof Ct||o instanceof Mt||o instanceof At))throw new Error(`${this} Bad texture binding for ${i}`);break;case"sampler":S.warn(`Ignoring sampler ${i}`)();break;default:throw new Error(s.type)}this.bindings[i]=o}else{let a=this.shaderLayout.bindings.map(c=>`"${c.name}"`).join(", ");r?.disableWarnings||S.warn(`No binding "${i}" in render pipeline "${this.id}", expected one of ${a}`,o)()}}}draw(e){let r=e.renderPass,n=e.bindGroups?An(e.bindGroups):e.bindings||this.bindings;return r.setPipeline(this),r.setBindings(n),r.setVertexArray(e.vertexArray),r.draw({parameters:e.parameters,topology:e.topology,isInstanced:e.isInstanced,vertexCount:e.vertexCount,indexCount:e.indexCount,instanceCount:e.instanceCount,firstVertex:e.firstVertex,firstIndex:e.firstIndex,firstInstance:e.firstInstance,baseVertex:e.baseVertex,transformFeedback:e.transformFeedback,uniforms:e.uniforms})}_areTexturesRenderable(e){let r=!0;for(let n of this.shaderLayout.bindings)Cv(e,n.name)||(S.warn(`Binding ${n.name} not found in ${this.id}`)(),r=!1);return r}_applyBindings(e,r){if(this._syncLinkStatus(),this.linkStatus!=="success")return;let{gl:n}=this.device;n.useProgram(this.handle);let i=0,o=0;for(let s of this.shaderLayout.bindings){let a=Cv(e,s.name);if(!a)throw new Error(`No value for binding ${s.name} in ${this.id}`);switch(s.type){case"uniform":let{name:c}=s,l=n.getUniformBlockIndex(this.handle,c);if(l===4294967295)throw new Error(`Invalid uniform block name ${c}`);if(n.uniformBlockBinding(this.handle,l,o),a instanceof at)n.bindBufferBase(35345,o,a.handle);else{let f=a;n.bindBufferRange(35345,o,f.buffer.handle,f.offset||0,f.size||f.buffer.byteLength-(f.offset||0))}o+=1;break;case"texture":if(!(a instanceof Ct||a instanceof Mt||a instanceof At))throw new Error("texture");let u;if(a instanceof Ct)u=a.texture;else if(a instanceof Mt)u=a;else if(a instanceof At&&a.colorAttachments[0]instanceof Ct)S.warn("Passing framebuffer in texture binding may be deprecated. Use fbo.colorAttachments[0] instead")(),u=a.colorAttachments[0].texture;else throw new Error("No texture");n.activeTexture(33984+i),n.bindTexture(u.glTarget,u.handle),i+=1;break;case"sampler":break;case"storage":case"read-only-storage":throw new Error(`binding type '${s.type}' not supported in WebGL`)}}}_applyUniforms(e){for(let r of this.shaderLayout.uniforms||[]){let{name:n,location:i,type:o,textureUnit:s}=r,a=e[n]??s;a!==void 0&&xv(this.device.gl,i,o,a)}}_syncLinkStatus(){this.linkStatus=this.sharedRenderPipeline.linkStatus}}});var Rv,vl,Bv=_(()=>{R();xl();Rv=4,vl=class extends oo{device;handle;vs;fs;linkStatus="pending";constructor(e,r){super(e,r),this.device=e,this.handle=r.handle||this.device.gl.createProgram(),this.vs=r.vs,this.fs=r.fs,r.varyings&&r.varyings.length>0&&this.device.gl.transformFeedbackVaryings(this.handle,r.varyings,r.bufferMode||35981),this._linkShaders()}destroy(){this.destroyed||(this.device.gl.useProgram(null),this.device.gl.deleteProgram(this.handle),this.handle.destroyed=!0,this.destroyResource())}async _linkShaders(){let{gl:e}=this.device;if(e.attachShader(this.handle,this.vs.handle),e.attachShader(this.handle,this.fs.handle),S.time(Rv,`linkProgram for ${this.id}`)(),e.linkProgram(this.handle),S.timeEnd(Rv,`linkProgram for ${this.id}`)(),!this.device.features.has("compilation-status-async-webgl")){let n=this._getLinkStatus();this._reportLinkStatus(n);return}S.once(1,"RenderPipeline linking is asynchronous")(),await this._waitForLinkComplete(),S.info(2,`RenderPipeline ${this.id} - async linking complete: ${this.linkStatus}`)();let r=this._getLinkStatus();this._reportLinkStatus(r)}async _reportLinkStatus(e){switch(e){case"success":return;default:let r=e==="link-error"?"Link error":"Validation error";switch(this.vs.compilationStatus){case"error":throw this.vs.debugShader(),new Error(`${this} ${r} during compilation of ${this.vs}`);case"pending":await this.vs.asyncCompilationStatus,this.vs.debugShader();break;case"success":break}switch(this.fs?.compilationStatus){case"error":throw this.fs.debugShader(),new Error(`${this} ${r} during compilation of ${this.fs}`);case"pending":await this.fs.asyncCompilationStatus,this.fs.debugShader();break;case"success":break}let n=this.device.gl.getProgramInfoLog(this.handle);this.device.reportError(new Error(`${r} during ${e}: ${n}`),this)(),this.device.debug()}}_getLinkStatus(){let{gl:e}=this.device;return e.getProgramParameter(this.handle,35714)?(this._initializeSamplerUniforms(),e.validateProgram(this.handle),e.getProgramParameter(this.handle,35715)?(this.linkStatus="success","success"):(this.linkStatus="error","validation-error")):(this.linkStatus="error","link-error")}_initializeSamplerUniforms(){let{gl:e}=this.device;e.useProgram(this.handle);let r=0,n=e.getProgramParameter(this.handle,35718);for(let i=0;i<n;i++){let o=e.getActiveUniform(this.handle,i);if(o&&bl(o.type)){let s=o.name.endsWith("[0]"),a=s?o.name.slice(0,-3):o.name,c=e.getUniformLocation(this.handle,a);c!==null&&(r=this._assignSamplerUniform(c,o,s,r))}}}_assignSamplerUniform(e,r,n,i){let{gl:o}=this.device;if(n&&r.size>1){let s=Int32Array.from({length:r.size},(a,c)=>i+c);return o.uniform1iv(e,s),i+r.size}return o.uniform1i(e,i),i+1}async _waitForLinkComplete(){let e=async i=>await new Promise(o=>setTimeout(o,i));if(!this.device.features.has("compilation-status-async-webgl")){await e(10);return}let{gl:n}=this.device;for(;;){if(n.getProgramParameter(this.handle,37297))return;await e(10)}}}});function GO(t,e){let r=e.sourceBuffer,n=e.destinationBuffer;t.gl.bindBuffer(36662,r.handle),t.gl.bindBuffer(36663,n.handle),t.gl.copyBufferSubData(36662,36663,e.sourceOffset??0,e.destinationOffset??0,e.size),t.gl.bindBuffer(36662,null),t.gl.bindBuffer(36663,null)}function $O(t,e){let{sourceBuffer:r,byteOffset:n=0,destinationTexture:i,mipLevel:o=0,origin:s=[0,0,0],aspect:a="all",bytesPerRow:c,rowsPerImage:l,size:u}=e;if(a!=="all")throw new Error("copyBufferToTexture aspect is not supported in WebGL");i.writeBuffer(r,{byteOffset:n,bytesPerRow:c,rowsPerImage:l,mipLevel:o,x:s[0]??0,y:s[1]??0,z:s[2]??0,width:u[0],height:u[1],depthOrArrayLayers:u[2]})}function zO(t,e){let{sourceTexture:r,mipLevel:n=0,aspect:i="all",width:o=e.sourceTexture.width,height:s=e.sourceTexture.height,depthOrArrayLayers:a,origin:c=[0,0,0],destinationBuffer:l,byteOffset:u=0,bytesPerRow:f,rowsPerImage:d}=e;if(r instanceof G){r.readBuffer({x:c[0]??0,y:c[1]??0,z:c[2]??0,width:o,height:s,depthOrArrayLayers:a,mipLevel:n,aspect:i,byteOffset:u},l);return}if(i!=="all")throw new Error("aspect not supported in WebGL");if(n!==0||a!==void 0||f||d)throw new Error("not implemented");let{framebuffer:h,destroyFramebuffer:p}=Ov(r),g;try{let m=l,b=o||h.width,x=s||h.height,y=tr(h.colorAttachments[0]),w=rl(y.texture.props.format),v=w.format,E=w.type;t.gl.bindBuffer(35051,m.handle),g=t.gl.bindFramebuffer(36160,h.handle),t.gl.readPixels(c[0],c[1],b,x,v,E,u)}finally{t.gl.bindBuffer(35051,null),g!==void 0&&t.gl.bindFramebuffer(36160,g),p&&h.destroy()}}function VO(t,e){let{sourceTexture:r,destinationMipLevel:n=0,origin:i=[0,0],destinationOrigin:o=[0,0,0],destinationTexture:s}=e,{width:a=e.destinationTexture.width,height:c=e.destinationTexture.height}=e,{framebuffer:l,destroyFramebuffer:u}=Ov(r),[f=0,d=0]=i,[h,p,g]=o,m=t.gl.bindFramebuffer(36160,l.handle),b,x;if(s instanceof Mt)b=s,a=Number.isFinite(a)?a:b.width,c=Number.isFinite(c)?c:b.height,b._bind(0),x=b.glTarget;else throw new Error("invalid destination");switch(x){case 3553:case 34067:t.gl.copyTexSubImage2D(x,n,h,p,f,d,a,c);break;case 35866:case 32879:t.gl.copyTexSubImage3D(x,n,h,p,g,f,d,a,c);break;default:}b&&b._unbind(),t.gl.bindFramebuffer(36160,m),u&&l.destroy()}function Ov(t){if(t instanceof G){let{width:e,height:r,id:n}=t;return{framebuffer:t.device.createFramebuffer({id:`framebuffer-for-${n}`,width:e,height:r,colorAttachments:[t]}),destroyFramebuffer:!0}}return{framebuffer:t,destroyFramebuffer:!1}}var El,kv=_(()=>{R();fi();_l();El=class extends co{device;handle=null;commands=[];constructor(e,r={}){super(e,r),this.device=e}_executeCommands(e=this.commands){for(let r of e)switch(r.name){case"copy-buffer-to-buffer":GO(this.device,r.options);break;case"copy-buffer-to-texture":$O(this.device,r.options);break;case"copy-texture-to-buffer":zO(this.device,r.options);break;case"copy-texture-to-texture":VO(this.device,r.options);break;default:throw new Error(r.name)}}}});function Dv(t){switch(t){case"point-list":return 0;case"line-list":return 1;case"line-strip":return 3;case"triangle-list":return 4;case"triangle-strip":return 5;default:throw new Error(t)}}function Nv(t){switch(t){case"point-list":return 0;case"line-list":return 1;case"line-strip":return 1;case"triangle-list":return 4;case"triangle-strip":return 4;default:throw new Error(t)}}var Bp=_(()=>{});var WO,Sl,Fv=_(()=>{R();ml();ci();Bp();Lp();WO=[1,2,4,8],Sl=class extends so{device;handle=null;glParameters={};pipeline=null;bindings={};bindingsPipeline=null;vertexArray=null;constructor(e,r){super(e,r),this.device=e;let n=this.props.framebuffer,i=!n||n.handle===null;i&&e.getDefaultCanvasContext()._resizeDrawingBufferIfNeeded();let o;if(!r?.parameters?.viewport)if(!i&&n){let{width:s,height:a}=n;o=[0,0,s,a]}else{let[s,a]=e.getDefaultCanvasContext().getDrawingBufferSize();o=[0,0,s,a]}if(this.device.pushState(),this.setParameters({viewport:o,...this.props.parameters}),!i&&n?.colorAttachments.length){let s=n.colorAttachments.map((a,c)=>36064+c);this.device.gl.drawBuffers(s)}else i&&this.device.gl.drawBuffers([1029]);this.clear(),this.props.timestampQuerySet&&this.props.beginTimestampIndex!==void 0&&this.props.timestampQuerySet.writeTimestamp(this.props.beginTimestampIndex)}end(){this.destroyed||(this.props.timestampQuerySet&&this.props.endTimestampIndex!==void 0&&this.props.timestampQuerySet.writeTimestamp(this.props.endTimestampIndex),this.device.popState(),this.destroy())}pushDebugGroup(e){}popDebugGroup(){}insertDebugMarker(e){}executeBundles(e){throw new Error("Render bundles are only supported in WebGPU")}setParameters(e={}){let r={...this.glParameters};r.framebuffer=this.props.framebuffer||null,this.props.depthReadOnly&&(r.depthMask=!this.props.depthReadOnly),r.stencilMask=this.props.stencilReadOnly?0:1,r[35977]=this.props.discard,e.viewport&&(e.viewport.length>=6?(r.viewport=e.viewport.slice(0,4),r.depthRange=[e.viewport[4],e.viewport[5]]):r.viewport=e.viewport),e.scissorRect&&(r.scissorTest=!0,r.scissor=e.scissorRect),e.blendConstant&&(r.blendColor=e.blendConstant),e.stencilReference!==void 0&&(r[2967]=e.stencilReference,r[36003]=e.stencilReference),"colorMask"in e&&(r.colorMask=WO.map(n=>!!(n&e.colorMask))),this.glParameters=r,it(this.device.gl,r)}setPipeline(e){this.pipeline=e}setBindings(e,r){if(!this.pipeline)throw new Error("RenderPass.setPipeline() must be called before setBindings()");this.bindings=An(Nr(this.pipeline.shaderLayout,e)),this.bindingsPipeline=this.pipeline}setVertexArray(e){this.vertexArray=e}draw(e){let r=this.pipeline,n=this.vertexArray;if(!r)throw new Error("RenderPass.setPipeline() must be called before draw()");if(!n)throw new Error("RenderPass.setVertexArray() must be called before draw()");if(r.shaderLayout.bindings.length>0&&this.bindingsPipeline!==r)throw new Error("RenderPass.setBindings() must be called after setPipeline() before draw()");r._syncLinkStatus();let{parameters:i=r.props.parameters,topology:o=r.props.topology,vertexCount:s,indexCount:a,instanceCount:c,isInstanced:l=!1,firstVertex:u=0,transformFeedback:f,uniforms:d=r.uniforms}=e,h=Dv(o),p=!!n.indexBuffer,g=n.indexBuffer?.glIndexType,m=a??s??0;if(r.linkStatus!=="success")return S.info(2,`RenderPipeline:${r.id}.draw() aborted - waiting for shader linking`)(),!1;if(!r._areTexturesRenderable(this.bindings))return S.info(2,`RenderPipeline:${r.id}.draw() aborted - textures not yet loaded`)(),!1;this.device.gl.useProgram(r.handle),n.bindBeforeRender(this);let b=f;return b&&b.begin(r.props.topology),r._applyBindings(this.bindings,{disableWarnings:r.props.disableWarnings}),r._applyUniforms(d),yv(this.device,i,this.glParameters,()=>{p&&l?this.device.gl.drawElementsInstanced(h,m,g,u,c||0):p?this.device.gl.drawElements(h,m,g,u):l?this.device.gl.drawArraysInstanced(h,u,s||0,c||0):this.device.gl.drawArrays(h,u,s||0),b&&b.end()}),n.unbindAfterRender(this),!0}drawIndirect(e,r=0){throw new Error("Indirect drawing is only supported in WebGPU")}drawIndexedIndirect(e,r=0){throw new Error("Indirect drawing is only supported in WebGPU")}beginOcclusionQuery(e){this.props.occlusionQuerySet?.beginOcclusionQuery()}endOcclusionQuery(){this.props.occlusionQuerySet?.endOcclusionQuery()}clear(){let e={...this.glParameters},r=0;this.props.clearColors&&this.props.clearColors.forEach((n,i)=>{n&&this.clearColorBuffer(i,n)}),this.props.clearColor!==!1&&this.props.clearColors===void 0&&(r|=16384,e.clearColor=this.props.clearColor),this.props.clearDepth!==!1&&(r|=256,e.clearDepth=this.props.clearDepth),this.props.clearStencil!==!1&&(r|=1024,e.clearStencil=this.props.clearStencil),r!==0&&ct(this.device.gl,e,()=>{this.device.gl.clear(r)})}clearColorBuffer(e=0,r=[0,0,0,0]){ct(this.device.gl,{framebuffer:this.props.framebuffer},()=>{switch(r.constructor){case Int8Array:case Int16Array:case Int32Array:this.device.gl.clearBufferiv(6144,e,r);break;case Uint8Array:case Uint8ClampedArray:case Uint16Array:case Uint32Array:this.device.gl.clearBufferuiv(6144,e,r);break;case Float32Array:this.device.gl.clearBufferfv(6144,e,r);break;default:throw new Error("clearColorBuffer: color must be typed array")}})}}});var ws,Uv=_(()=>{R();kv();Fv();ws=class extends ao{device;handle=null;commandBuffer;constructor(e,r){super(e,r),this.device=e,this.commandBuffer=new El(e,{id:this.id,userData:this.userData})}destroy(){this.destroyResource()}finish(){return this.destroy(),this.commandBuffer}beginRenderPass(e={}){return new Sl(this.device,this._applyTimeProfilingToPassProps(e))}beginComputePass(e={}){throw new Error("ComputePass not supported in WebGL")}copyBufferToBuffer(e){this.commandBuffer.commands.push({name:"copy-buffer-to-buffer",options:e})}copyBufferToTexture(e){this.commandBuffer.commands.push({name:"copy-buffer-to-texture",options:e})}copyTextureToBuffer(e){this.commandBuffer.commands.push({name:"copy-texture-to-buffer",options:e})}copyTextureToTexture(e){this.commandBuffer.commands.push({name:"copy-texture-to-texture",options:e})}pushDebugGroup(e){}popDebugGroup(){}insertDebugMarker(e){}resolveQuerySet(e,r,n){throw new Error("resolveQuerySet is not supported in WebGL")}writeTimestamp(e,r){e.writeTimestamp(r)}}});function Gv(t){let{target:e,source:r,start:n=0,count:i=1}=t,o=r.length,s=i*o,a=0;for(let c=n;a<o;a++)e[c++]=r[a]??0;for(;a<s;)a<s-a?(e.copyWithin(n+a,n,n+a),a*=2):(e.copyWithin(n+a,n,n+s-a),a=s);return t.target}var $v=_(()=>{});function jO(t){return Array.isArray(t)?new Float32Array(t):t}function HO(t,e){if(!t||!e||t.length!==e.length||t.constructor!==e.constructor)return!1;for(let r=0;r<t.length;++r)if(t[r]!==e[r])return!1;return!0}var Tl,zv=_(()=>{R();vr();bp();$v();Tl=class t extends lo{get[Symbol.toStringTag](){return"VertexArray"}device;handle;attributeInfosByLocation;buffer=null;bufferValue=null;static isConstantAttributeZeroSupported(e){return Cu()==="Chrome"}constructor(e,r){super(e,r),this.device=e,this.handle=this.device.gl.createVertexArray(),this.attributeInfosByLocation=new Array(this.maxVertexAttributes).fill(null);for(let n of Object.values(go(r.shaderLayout,r.bufferLayout)))this.attributeInfosByLocation[n.location]=n}destroy(){super.destroy(),this.buffer&&this.buffer?.destroy(),this.handle&&(this.device.gl.deleteVertexArray(this.handle),this.handle=void 0)}setIndexBuffer(e){let r=e;if(r&&r.glTarget!==34963)throw new Error("Use .setBuffer()");this.device.gl.bindVertexArray(this.handle),this.device.gl.bindBuffer(34963,r?r.handle:null),this.indexBuffer=r,this.device.gl.bindVertexArray(null)}setBuffer(e,r){let n=r;if(n.glTarget===34963)throw new Error("Use .setIndexBuffer()");let{size:i,type:o,stride:s,offset:a,normalized:c,integer:l,divisor:u}=this._getAccessor(e);this.device.gl.bindVertexArray(this.handle),this.device.gl.bindBuffer(34962,n.handle),l?this.device.gl.vertexAttribIPointer(e,i,o,s,a):this.device.gl.vertexAttribPointer(e,i,o,c,s,a),this.device.gl.bindBuffer(34962,null),this.device.gl.enableVertexAttribArray(e),this.device.gl.vertexAttribDivisor(e,u||0),this.attributes[e]=n,this.device.gl.bindVertexArray(null)}setConstantWebGL(e,r){this._enable(e,!1),this.attributes[e]=r}bindBeforeRender(){this.device.gl.bindVertexArray(this.handle),this._applyConstantAttributes()}unbindAfterRender(){this.device.gl.bindVertexArray(null)}_applyConstantAttributes(){for(let e=0;e<this.maxVertexAttributes;++e){let r=this.attributes[e];ArrayBuffer.isView(r)&&this.device.setConstantAttributeWebGL(e,r)}}_getAccessor(e){let r=this.attributeInfosByLocation[e];if(!r)throw new Error(`Unknown attribute location ${e}`);let n=Qc(r.bufferDataType);return{size:r.bufferComponents,type:n,stride:r.byteStride,offset:r.byteOffset,normalized:r.normalized,integer:r.integer,divisor:r.stepMode==="instance"?1:0}}_enable(e,r=!0){let i=t.isConstantAttributeZeroSupported(this.device)||e!==0;(r||i)&&(e=Number(e),this.device.gl.bindVertexArray(this.handle),r?this.device.gl.enableVertexAttribArray(e):this.device.gl.disableVertexAttribArray(e),this.device.gl.bindVertexArray(null))}getConstantBuffer(e,r){let n=jO(r),i=n.byteLength*e,o=n.length*e;if(this.buffer&&i!==this.buffer.byteLength)throw new Error(`Buffer size is immutable, byte length ${i} !== ${this.buffer.byteLength}.`);let s=!this.buffer;if(this.buffer=this.buffer||this.device.createBuffer({byteLength:i}),s||=!HO(n,this.bufferValue),s){let a=ld(r.constructor,o);Gv({target:a,source:n,start:0,count:o}),this.buffer.write(a),this.bufferValue=r}return this.buffer}}});function Vv(t){return typeof t=="number"?Number.isInteger(t):/^\d+$/.test(t)}var Pl,Wv=_(()=>{R();Ll();Bp();Pl=class extends uo{device;gl;handle;layout;buffers={};unusedBuffers={};bindOnUse=!0;_bound=!1;constructor(e,r){super(e,r),this.device=e,this.gl=e.gl,this.handle=this.props.handle||this.gl.createTransformFeedback(),this.layout=this.props.layout,r.buffers&&this.setBuffers(r.buffers),Object.seal(this)}destroy(){this.gl.deleteTransformFeedback(this.handle),super.destroy()}begin(e="point-list"){this.gl.bindTransformFeedback(36386,this.handle),this.bindOnUse&&this._bindBuffers(),this.gl.beginTransformFeedback(Nv(e))}end(){this.gl.endTransformFeedback(),this.bindOnUse&&this._unbindBuffers(),this.gl.bindTransformFeedback(36386,null)}setBuffers(e){this.buffers={},this.unusedBuffers={},this.bind(()=>{for(let[r,n]of Object.entries(e))this.setBuffer(r,n)})}setBuffer(e,r){let n=this._getVaryingIndex(e),{buffer:i,byteLength:o,byteOffset:s}=this._getBufferRange(r);if(n<0){this.unusedBuffers[e]=i,S.warn(`${this.id} unusedBuffers varying buffer ${e}`)();return}this.buffers[n]={buffer:i,byteLength:o,byteOffset:s},this.bindOnUse||this._bindBuffer(n,i,s,o)}getBuffer(e){if(Vv(e))return this.buffers[e]||null;let r=this._getVaryingIndex(e);return this.buffers[r]??null}bind(e=this.handle){if(typeof e!="function")return this.gl.bindTransformFeedback(36386,e),this;let r;return this._bound?r=e():(this.gl.bindTransformFeedback(36386,this.handle),this._bound=!0,r=e(),this._bound=!1,this.gl.bindTransformFeedback(36386,null)),r}unbind(){this.bind(null)}_getBufferRange(e){if(e instanceof at)return{buffer:e,byteOffset:0,byteLength:e.byteLength};let{buffer:r,byteOffset:n=0,byteLength:i=e.buffer.byteLength}=e;return{buffer:r,byteOffset:n,byteLength:i}}_getVaryingIndex(e){if(Vv(e))return Number(e);for(let r of this.layout.varyings||[])if(e===r.name)return r.location;return-1}_bindBuffers(){for(let[e,r]of Object.entries(this.buffers)){let{buffer:n,byteLength:i,byteOffset:o}=this._getBufferRange(r);this._bindBuffer(Number(e),n,o,i)}}_unbindBuffers(){for(let e in this.buffers)this.gl.bindBufferBase(35982,Number(e),null)}_bindBuffer(e,r,n=0,i){let o=r&&r.handle;!o||i===void 0?this.gl.bindBufferBase(35982,e,o):this.gl.bindBufferRange(35982,e,o,n,i)}}});var Al,jv=_(()=>{R();Al=class extends fo{device;handle;_timestampPairs=[];_pendingReads=new Set;_occlusionQuery=null;_occlusionActive=!1;get[Symbol.toStringTag](){return"QuerySet"}constructor(e,r){if(super(e,r),this.device=e,r.type==="timestamp"){if(r.count<2)throw new Error("Timestamp QuerySet requires at least two query slots");this._timestampPairs=new Array(Math.ceil(r.count/2)).fill(null).map(()=>({activeQuery:null,completedQueries:[]})),this.handle=null}else{if(r.count>1)throw new Error("WebGL occlusion QuerySet can only have one value");let n=this.device.gl.createQuery();if(!n)throw new Error("WebGL query not supported");this.handle=n}Object.seal(this)}destroy(){if(!this.destroyed){this.handle&&this.device.gl.deleteQuery(this.handle);for(let e of this._timestampPairs){e.activeQuery&&(this._cancelPendingQuery(e.activeQuery),this.device.gl.deleteQuery(e.activeQuery.handle));for(let r of e.completedQueries)this._cancelPendingQuery(r),this.device.gl.deleteQuery(r.handle)}this._occlusionQuery&&(this._cancelPendingQuery(this._occlusionQuery),this.device.gl.deleteQuery(this._occlusionQuery.handle));for(let e of Array.from(this._pendingReads))this._cancelPendingQuery(e);this.destroyResource()}}isResultAvailable(e){return this.props.type==="timestamp"?e===void 0?this._timestampPairs.some((r,n)=>this._isTimestampPairAvailable(n)):this._isTimestampPairAvailable(this._getTimestampPairIndex(e)):this._occlusionQuery?this._pollQueryAvailability(this._occlusionQuery):!1}async readResults(e){let r=e?.firstQuery||0,n=e?.queryCount||this.props.count-r;if(this._validateRange(r,n),this.props.type==="timestamp"){let i=new Array(n).fill(0n),o=Math.floor(r/2),s=Math.floor((r+n-1)/2);for(let a=o;a<=s;a++){let c=await this._consumeTimestampPairResult(a),l=a*2,u=l+1;l>=r&&l<r+n&&(i[l-r]=0n),u>=r&&u<r+n&&(i[u-r]=c)}return i}if(!this._occlusionQuery)throw new Error("Occlusion query has not been started");return[await this._consumeQueryResult(this._occlusionQuery)]}async readTimestampDuration(e,r){if(this.props.type!=="timestamp")throw new Error("Timestamp durations require a timestamp QuerySet");if(e<0||r>=this.props.count||r<=e)throw new Error("Timestamp duration range is out of bounds");if(e%2!==0||r!==e+1)throw new Error("WebGL timestamp durations require adjacent even/odd query indices");let n=await this._consumeTimestampPairResult(this._getTimestampPairIndex(e));return Number(n)/1e6}beginOcclusionQuery(){if(this.props.type!=="occlusion")throw new Error("Occlusion queries require an occlusion QuerySet");if(!this.handle)throw new Error("WebGL occlusion query is not available");if(this._occlusionActive)throw new Error("Occlusion query is already active");this.device.gl.beginQuery(35887,this.handle),this._occlusionQuery={handle:this.handle,promise:null,result:null,disjoint:!1,cancelled:!1,pollRequestId:null,resolve:null,reject:null},this._occlusionActive=!0}endOcclusionQuery(){if(!this._occlusionActive)throw new Error("Occlusion query is not active");this.device.gl.endQuery(35887),this._occlusionActive=!1}writeTimestamp(e){if(this.props.type!=="timestamp")throw new Error("Timestamp writes require a timestamp QuerySet");let r=this._getTimestampPairIndex(e),n=this._timestampPairs[r];if(e%2===0){if(n.activeQuery)throw new Error("Timestamp query pair is already active");let i=this.device.gl.createQuery();if(!i)throw new Error("WebGL query not supported");let o={handle:i,promise:null,result:null,disjoint:!1,cancelled:!1,pollRequestId:null,resolve:null,reject:null};this.device.gl.beginQuery(35007,i),n.activeQuery=o;return}if(!n.activeQuery)throw new Error("Timestamp query pair was ended before it was started");this.device.gl.endQuery(35007),n.completedQueries.push(n.activeQuery),n.activeQuery=null}_validateRange(e,r){if(e<0||r<0||e+r>this.props.count)throw new Error("Query read range is out of bounds")}_getTimestampPairIndex(e){if(e<0||e>=this.props.count)throw new Error("Query index is out of bounds");return Math.floor(e/2)}_isTimestampPairAvailable(e){let r=this._timestampPairs[e];return!r||r.completedQueries.length===0?!1:this._pollQueryAvailability(r.completedQueries[0])}_pollQueryAvailability(e){if(e.cancelled||this.destroyed)return e.result=0n,!0;if(e.result!==null||e.disjoint)return!0;if(!this.device.gl.getQueryParameter(e.handle,34919))return!1;let n=!!this.device.gl.getParameter(36795);return e.disjoint=n,e.result=n?0n:BigInt(this.device.gl.getQueryParameter(e.handle,34918)),!0}async _consumeTimestampPairResult(e){let r=this._timestampPairs[e];if(!r||r.completedQueries.length===0)throw new Error("Timestamp query pair has no completed result");let n=r.completedQueries.shift();try{return await this._consumeQueryResult(n)}finally{this.device.gl.deleteQuery(n.handle)}}_consumeQueryResult(e){return e.promise||(this._pendingReads.add(e),e.promise=new Promise((r,n)=>{e.resolve=r,e.reject=n;let i=()=>{if(e.pollRequestId=null,e.cancelled||this.destroyed){this._pendingReads.delete(e),e.promise=null,e.resolve=null,e.reject=null,r(0n);return}if(!this._pollQueryAvailability(e)){e.pollRequestId=this._requestAnimationFrame(i);return}this._pendingReads.delete(e),e.promise=null,e.resolve=null,e.reject=null,e.disjoint?n(new Error("GPU timestamp query was invalidated by a disjoint event")):r(e.result||0n)};i()})),e.promise}_cancelPendingQuery(e){if(this._pendingReads.delete(e),e.cancelled=!0,e.pollRequestId!==null&&(this._cancelAnimationFrame(e.pollRequestId),e.pollRequestId=null),e.resolve){let r=e.resolve;e.promise=null,e.resolve=null,e.reject=null,r(0n)}}_requestAnimationFrame(e){return requestAnimationFrame(e)}_cancelAnimationFrame(e){cancelAnimationFrame(e)}}});var Cl,Hv=_(()=>{R();Cl=class extends ho{device;gl;handle;signaled;_signaled=!1;constructor(e,r={}){super(e,{}),this.device=e,this.gl=e.gl;let n=this.props.handle||this.gl.fenceSync(this.gl.SYNC_GPU_COMMANDS_COMPLETE,0);if(!n)throw new Error("Failed to create WebGL fence");this.handle=n,this.signaled=new Promise(i=>{let o=()=>{let s=this.gl.clientWaitSync(this.handle,0,0);s===this.gl.ALREADY_SIGNALED||s===this.gl.CONDITION_SATISFIED?(this._signaled=!0,i()):setTimeout(o,1)};o()})}isSignaled(){if(this._signaled)return!0;let e=this.gl.getSyncParameter(this.handle,this.gl.SYNC_STATUS);return this._signaled=e===this.gl.SIGNALED,this._signaled}destroy(){this.destroyed||this.gl.deleteSync(this.handle)}}});function Op(t){switch(t){case 6406:case 33326:case 6403:case 36244:return 1;case 33339:case 33340:case 33328:case 33320:case 33319:return 2;case 6407:case 36248:case 34837:return 3;case 6408:case 36249:case 34836:return 4;default:return 0}}function Yv(t){switch(t){case 5121:return 1;case 33635:case 32819:case 32820:return 2;case 5126:return 4;default:return 0}}var qv=_(()=>{});function Xv(t,e){let{sourceX:r=0,sourceY:n=0,sourceAttachment:i=0}=e||{},{target:o=null,sourceWidth:s,sourceHeight:a,sourceDepth:c,sourceFormat:l,sourceType:u}=e||{},{framebuffer:f,deleteFramebuffer:d}=Kv(t),{gl:h,handle:p}=f;s||=f.width,a||=f.height;let g=f.colorAttachments[i]?.texture;if(!g)throw new Error(`Invalid framebuffer attachment ${i}`);c=g?.depth||1,l||=g?.glFormat||6408,u||=g?.glType||5121,o=qO(o,u,l,s,a,c);let m=le.getDataType(o);u=u||vv(m);let b=h.bindFramebuffer(36160,p);return h.readBuffer(36064+i),h.readPixels(r,n,s,a,l,u,o),h.readBuffer(36064),h.bindFramebuffer(36160,b||null),d&&f.destroy(),o}function Zv(t,e){let{target:r,sourceX:n=0,sourceY:i=0,sourceFormat:o=6408,targetByteOffset:s=0}=e||{},{sourceWidth:a,sourceHeight:c,sourceType:l}=e||{},{framebuffer:u,deleteFramebuffer:f}=Kv(t);a=a||u.width,c=c||u.height;let d=u;l=l||5121;let h=r;if(!h){let g=Op(o),m=Yv(l),b=s+a*c*g*m;h=d.device.createBuffer({byteLength:b})}let p=t.device.createCommandEncoder();return p.copyTextureToBuffer({sourceTexture:t,width:a,height:c,origin:[n,i],destinationBuffer:h,byteOffset:s}),p.destroy(),f&&u.destroy(),h}function Kv(t){return t instanceof Or?{framebuffer:t,deleteFramebuffer:!1}:{framebuffer:YO(t),deleteFramebuffer:!0}}function YO(t,e){let{device:r,width:n,height:i,id:o}=t;return r.createFramebuffer({...e,id:`framebuffer-for-${o}`,width:n,height:i,colorAttachments:[t]})}function qO(t,e,r,n,i,o){if(t)return t;e||=5121;let s=gl(e),a=le.getTypedArrayConstructor(s),c=Op(r);return new a(n*i*c)}var Qv=_(()=>{R();xl();qv();Rp()});function Jv(t){let e=new Map;for(let r in t){let n=t[r];if(r<"a"){let i=e.get(n);e.set(n,i?`${i}, GL.${r}`:`GL.${r}`)}}return e}var eE=_(()=>{});var kp={};Ot(kp,{WebGLDevice:()=>mr});function XO(t,e,r){switch(r.length){case 1:t.gl.vertexAttrib1fv(e,r);break;case 2:t.gl.vertexAttrib2fv(e,r);break;case 3:t.gl.vertexAttrib3fv(e,r);break;case 4:t.gl.vertexAttrib4fv(e,r);break;default:}}function ZO(t,e,r){t.gl.vertexAttribI4iv(e,r)}function KO(t,e,r){t.gl.vertexAttribI4uiv(e,r)}function QO(t,e){if(!t||!e||t.length!==e.length||t.constructor!==e.constructor)return!1;for(let r=0;r<t.length;++r)if(t[r]!==e[r])return!1;return!0}var mr,Ml=_(()=>{R();_p();Kw();yp();ev();cv();lv();uv();fv();dp();fi();hv();cl();gv();bv();_l();ol();Iv();Bv();Uv();zv();Wv();jv();Hv();Qv();ci();ml();gs();eE();mr=class t extends Ft{static getDeviceFromContext(e){return e?e.luma?.device??null:null}type="webgl";handle;features;limits;info;canvasContext;preferredColorFormat="rgba8unorm";preferredDepthFormat="depth24plus";commandEncoder;lost;_resolveContextLost;_isLost=!1;gl;_glKeyByValue=null;_constants;extensions;_polyfilled=!1;spectorJS;get[Symbol.toStringTag](){return"WebGLDevice"}toString(){return`${this[Symbol.toStringTag]}(${this.id})`}isVertexFormatSupported(e){switch(e){case"unorm8x4-bgra":return!1;default:return!0}}constructor(e){super({...e,id:e.id||dv("webgl-device")});let r=Ft._getCanvasContextProps(e);if(!r)throw new Error("WebGLDevice requires props.createCanvasContext to be set");let n=r.canvas?.gl??null,i=t.getDeviceFromContext(n);if(i)throw new Error(`WebGL context already attached to device ${i.id}`);this.canvasContext=new sl(this,r),this.lost=new Promise(u=>{this._resolveContextLost=u});let o={...e.webgl};r.alphaMode==="premultiplied"&&(o.premultipliedAlpha=!0),e.powerPreference!==void 0&&(o.powerPreference=e.powerPreference),e.failIfMajorPerformanceCaveat!==void 0&&(o.failIfMajorPerformanceCaveat=e.failIfMajorPerformanceCaveat);let a=this.props._handle||Zw(this.canvasContext.canvas,{onContextLost:u=>this._resolveContextLost?.({reason:"destroyed",message:"Entered sleep mode, or too many apps or browser tabs are using the GPU."}),onContextRestored:u=>{console.log("WebGL context restored")}},o);if(!a)throw new Error("WebGL context creation failed");if(i=t.getDeviceFromContext(a),i){if(e._reuseDevices)return S.log(1,`Not creating a new Device, instead returning a reference to Device ${i.id} already attached to WebGL context`,i)(),this.canvasContext.destroy(),i._reused=!0,i;throw new Error(`WebGL context already attached to device ${i.id}`)}this.handle=a,this.gl=a,this.spectorJS=Uw({...this.props,gl:this.handle});let c=ms(this.handle);c.device=this,c.extensions||(c.extensions={}),this.extensions=c.extensions,this.info=Qw(this.gl,this.extensions),this.limits=new il(this.gl),this.features=new nl(this.gl,this.extensions,this.props._disabledFeatures),this.props._initializeFeatures&&this.features.initializeFeatures(),new ot(this.gl,{log:(...u)=>S.log(1,...u)()}).trackState(this.gl,{copyState:!1}),(e.debug||e.debugWebGL)&&(this.gl=Nw(this.gl,{debugWebGL:!0,traceWebGL:e.debugWebGL}),S.warn("WebGL debug mode activated. Performance reduced.")()),e.debugWebGL&&(S.level=Math.max(S.level,1)),this.commandEncoder=new ws(this,{id:`${this}-command-encoder`}),this.canvasContext._startObservers()}destroy(){if(!this.props._reuseDevices&&!this._reused){this._isLost=!0,this.commandEncoder?.destroy();let e=ms(this.handle);e.device=null}}get isLost(){return this._isLost||this.gl.isContextLost()}createCanvasContext(e){throw new Error("WebGL only supports a single canvas")}createPresentationContext(e){return new al(this,e||{})}createBuffer(e){let r=this._normalizeBufferProps(e);return new at(this,r)}createTexture(e){return new Mt(this,e)}createExternalTexture(e){throw new Error("ExternalTexture is not available on WebGL")}createSampler(e){return new pl(this,e)}createShader(e){return new ul(this,e)}createFramebuffer(e){return new At(this,e)}createVertexArray(e){return new Tl(this,e)}createTransformFeedback(e){return new Pl(this,e)}createQuerySet(e){return new Al(this,e)}createFence(){return new Cl(this)}createRenderPipeline(e){return new wl(this,e)}_createSharedRenderPipelineWebGL(e){return new vl(this,e)}createComputePipeline(e){throw new Error("ComputePipeline not supported in WebGL")}createRenderBundleEncoder(e){throw new Error("Render bundles are only supported in WebGPU")}createCommandEncoder(e={}){return new ws(this,e)}submit(e){let r=null;e||({submittedCommandEncoder:r,commandBuffer:e}=this._finalizeDefaultCommandEncoderForSubmit());try{e._executeCommands(),r&&r.resolveTimeProfilingQuerySet().then(()=>{this.commandEncoder._gpuTimeMs=r._gpuTimeMs}).catch(()=>{})}finally{e.destroy()}}writeBufferViaCommandEncoder(e,r,n,i=0){r.write(n,i)}_finalizeDefaultCommandEncoderForSubmit(){let e=this.commandEncoder,r=e.finish();return this.commandEncoder.destroy(),this.commandEncoder=this.createCommandEncoder({id:e.props.id,timeProfilingQuerySet:e.getTimeProfilingQuerySet()}),{submittedCommandEncoder:e,commandBuffer:r}}readPixelsToArrayWebGL(e,r){return Xv(e,r)}readPixelsToBufferWebGL(e,r){return Zv(e,r)}setParametersWebGL(e){it(this.gl,e)}getParametersWebGL(e){return Kc(this.gl,e)}withParametersWebGL(e,r){return ct(this.gl,e,r)}resetWebGL(){S.warn("WebGLDevice.resetWebGL is deprecated, use only for debugging")(),jw(this.gl)}_getDeviceSpecificTextureFormatCapabilities(e){return ov(this.gl,e,this.extensions)}loseDevice(){let e=!1,n=this.getExtension("WEBGL_lose_context").WEBGL_lose_context;return n&&(e=!0,n.loseContext()),this._resolveContextLost?.({reason:"destroyed",message:"Application triggered context loss"}),e}pushState(){ot.get(this.gl).push()}popState(){ot.get(this.gl).pop()}getGLKey(e,r){let n=this._getGLKeyByValue().get(Number(e));return n||(r?.emptyIfUnknown?"":String(e))}getGLKeys(e){let r={emptyIfUnknown:!0};return Object.entries(e).reduce((n,[i,o])=>(n[`${i}:${this.getGLKey(i,r)}`]=`${o}:${this.getGLKey(o,r)}`,n),{})}_getGLKeyByValue(){return this._glKeyByValue??=Jv(this.gl),this._glKeyByValue}setConstantAttributeWebGL(e,r){let n=this.limits.maxVertexAttributes;this._constants=this._constants||new Array(n).fill(null);let i=this._constants[e];switch(i&&QO(i,r)&&S.info(1,`setConstantAttributeWebGL(${e}) could have been skipped, value unchanged`)(),this._constants[e]=r,r.constructor){case Float32Array:XO(this,e,r);break;case Int32Array:ZO(this,e,r);break;case Uint32Array:KO(this,e,r);break;default:throw new Error("constant")}}getExtension(e){return st(this.gl,e,this.extensions),this.extensions}_setWebGLDebugMetadata(e,r,n){e.luma=r;let i={props:n.spector,id:n.spector.id};e.__SPECTOR_Metadata=i}}});function JO(t){return typeof WebGL2RenderingContext<"u"&&t instanceof WebGL2RenderingContext?!0:!!(t&&typeof t.createVertexArray=="function")}function tE(t){return{...t,debug:t.debug??Ft.defaultProps.debug,debugWebGL:t.debugWebGL??Ft.defaultProps.debugWebGL,debugSpectorJS:t.debugSpectorJS??!!S.get("debug-spectorjs")}}async function rE(t){let e=[];(t.debugWebGL||t.debug)&&e.push(Dw()),t.debugSpectorJS&&e.push(Fw(t));let r=await Promise.allSettled(e);for(let n of r)n.status==="rejected"&&S.error(`Failed to initialize debug libraries ${n.reason}`)()}var vs,Dp,Es,nE=_(()=>{R();Ow();dp();vs=1,Dp=class extends Ki{type="webgl";enforceWebGL2(e){Bw(e)}isSupported(){return typeof WebGL2RenderingContext<"u"}isDeviceHandle(e){return typeof WebGL2RenderingContext<"u"&&e instanceof WebGL2RenderingContext?!0:(typeof WebGLRenderingContext<"u"&&e instanceof WebGLRenderingContext&&S.warn("WebGL1 is not supported",e)(),!1)}async attach(e,r={}){let{WebGLDevice:n}=await Promise.resolve().then(()=>(Ml(),kp));if(e instanceof n)return e;let i=n.getDeviceFromContext(e);if(i)return i;if(!JO(e))throw new Error("Invalid WebGL2RenderingContext");r=tE(r),await rE(r);let o=r.createCanvasContext===!0?{}:r.createCanvasContext;return new n({...r,_handle:e,createCanvasContext:{canvas:e.canvas,autoResize:!1,...o}})}async create(e={}){let{WebGLDevice:r}=await Promise.resolve().then(()=>(Ml(),kp));e=tE(e),await rE(e);try{let n=new r(e);S.groupCollapsed(vs,`WebGLDevice ${n.id} created`)();let i=`${n._reused?"Reusing":"Created"} device with WebGL2 ${n.props.debug?"debug ":""}context: ${n.info.vendor}, ${n.info.renderer} for canvas: ${n.canvasContext.id}`;return S.probe(vs,i)(),S.table(vs,n.info)(),n}finally{S.groupEnd(vs)(),S.info(vs,"%cWebGL call tracing: luma.log.set('debug-webgl') ","color: white; background: blue; padding: 2px 6px; border-radius: 3px;")()}}};Es=new Dp});var Ll=_(()=>{nE();Ml();cl()});function kl(t){return dE.test(t)}function Dl(t){return hE.test(t)}function pE(t){let e=dE.exec(t),r=hE.exec(t),n=e?.[1]??r?.[1]??t;try{H.getVertexFormatInfo(n)}catch{throw new Error(`Unsupported GPUVector format ${t}`)}return n}function jt(t){let e=pE(t),r=kl(t),n=Dl(t),i=H.getVertexFormatInfo(e),o=i.type,s=i.normalized,a=ik(o,s);return{format:t,elementFormat:e,vertexList:r,valueList:n,type:o,signedDataType:ok(e,o),primitiveType:a,components:i.components,byteLength:i.byteLength,integer:i.integer,signed:i.signed,normalized:s,...i.webglOnly?{webglOnly:!0}:{}}}function ik(t,e){if(e)return"f32";switch(t){case"float32":return"f32";case"float16":return"f16";case"uint8":case"uint16":case"uint32":return"u32";case"sint8":case"sint16":case"sint32":return"i32";default:throw new Error(`Unsupported GPUVector component type ${t}`)}}function ok(t,e){if(t==="unorm10-10-10-2")return"uint32";switch(e){case"unorm8":return"uint8";case"snorm8":return"sint8";case"unorm16":return"uint16";case"snorm16":return"sint16";default:return e}}var dE,hE,Nl=_(()=>{R();dE=/^vertex-list<([^<>]+)>$/,hE=/^value-list<([^<>]+)>$/});function Up(t,e){if(!Number.isSafeInteger(t)||t<0)throw new Error(`${e} must be a non-negative safe integer`)}var Ht,Gp=_(()=>{R();Ht=class{buffer;format;length;byteOffset;byteStride;constructor(e){let r=H.getVertexFormatInfo(e.format).byteLength,n=e.byteOffset??0,i=e.byteStride??r;if(Up(e.length,"GPUDataView length"),Up(n,"GPUDataView byteOffset"),Up(i,"GPUDataView byteStride"),i<r)throw new Error(`GPUDataView byteStride ${i} is smaller than ${e.format} byte length ${r}`);let o=e.length===0?0:(e.length-1)*i+r,s=n+o;if(!Number.isSafeInteger(o)||!Number.isSafeInteger(s))throw new Error("GPUDataView byte range must use safe integers");if(s>e.buffer.byteLength)throw new Error("GPUDataView exceeds its backing buffer byte length");this.buffer=e.buffer,this.format=e.format,this.length=e.length,this.byteOffset=n,this.byteStride=i}get elementByteLength(){return H.getVertexFormatInfo(this.format).byteLength}get byteLength(){return this.length===0?0:(this.length-1)*this.byteStride+this.elementByteLength}}});function Ul(t){return!!(t&&typeof t=="object"&&t.type==="struct")}function gE(t,e){let r=Object.entries(t);if(r.length===0)throw new Error("GPUData struct format must declare at least one field");return e==="packed"?sk(r):ak(r)}function sk(t){let e=[],r=0,n=0;for(let[i,o]of t){let s=H.getVertexFormatInfo(o);if(s.webglOnly)throw new Error(`Packed GPUData struct field "${i}" uses WebGL-only format ${o}`);r=mE(r,Math.min(4,s.byteLength)),e.push([i,Object.freeze({format:o,byteOffset:r,byteLength:s.byteLength})]),r+=s.byteLength,n+=s.components}return Object.freeze({type:"struct",layout:"packed",fields:Object.freeze(Object.fromEntries(e)),components:n,byteStride:mE(r,4),rowByteLength:r})}function ak(t){let e=Object.fromEntries(t.map(([s,a])=>[s,ck(a)])),r=Fr(e,{layout:"wgsl-storage"}),n=[],i=0,o=0;for(let[s,a]of t){let c=H.getVertexFormatInfo(a),l=r.fields[s].offset*4;n.push([s,Object.freeze({format:a,byteOffset:l,byteLength:c.byteLength})]),i=Math.max(i,l+c.byteLength),o+=c.components}return Object.freeze({type:"struct",layout:"wgsl-storage",fields:Object.freeze(Object.fromEntries(n)),components:o,byteStride:r.byteLength,rowByteLength:i})}function ck(t){let e=H.getVertexFormatInfo(t);switch(e.type){case"float32":return Fl("f32",e.components);case"sint32":return Fl("i32",e.components);case"uint32":return Fl("u32",e.components);default:{let r=Math.ceil(e.byteLength/4);return Fl("u32",r)}}}function Fl(t,e){return e===1?t:`vec${e}<${t}>`}function mE(t,e){return Math.ceil(t/e)*e}var _E=_(()=>{R()});var $p,zp,di,Vp=_(()=>{Gp();_E();Nl();$p=class{buffer;ownsDataBuffer;constructor(e,r){this.buffer=e,this.ownsDataBuffer=r}get ownsBuffer(){return this.ownsDataBuffer}transferBufferOwnership(e){if(e.buffer!==this.buffer)throw new Error("GPUData ownership can only be transferred to the same buffer");e.ownsDataBuffer=this.ownsDataBuffer,this.ownsDataBuffer=!1}destroy(){this.ownsDataBuffer&&(this.buffer.destroy(),this.ownsDataBuffer=!1)}},zp=class extends $p{dataType;format;length;valueLength;stride;byteOffset;byteStride;rowByteLength;readbackMetadata;valueOffsets;nullBitmap;valueByteLength;constructor(e){let{buffer:r,format:n,length:i,valueLength:o,stride:s,byteOffset:a=0,byteStride:c,rowByteLength:l,ownsBuffer:u=!1,readbackMetadata:f,valueOffsets:d,nullBitmap:h,valueByteLength:p,dataType:g}=e;super(r,u);let m;n?typeof n=="string"?m=n:m=gE(n,e.layout??"wgsl-storage"):m=void 0;let b=Ul(m)?m:void 0,x=typeof m=="string"?jt(m):void 0;if(this.dataType=g,this.format=m,this.length=i,this.valueLength=o??i,this.stride=s??x?.components??b?.components??c??l??1,this.byteOffset=a,this.rowByteLength=l??b?.rowByteLength??x?.byteLength??c??this.stride,this.byteStride=c??b?.byteStride??this.rowByteLength,b){if(this.rowByteLength<b.rowByteLength)throw new Error(`GPUData rowByteLength ${this.rowByteLength} is smaller than struct format row byte length ${b.rowByteLength}`);if(this.byteStride<Math.max(b.byteStride,this.rowByteLength))throw new Error(`GPUData byteStride ${this.byteStride} is smaller than its struct row layout`)}this.readbackMetadata=f,this.valueOffsets=d,this.nullBitmap=h,this.valueByteLength=p}getChild(e){if(!Ul(this.format))return null;let r=this.format.fields[e];return r?new Ht({buffer:this.buffer,format:r.format,length:this.length,byteOffset:this.byteOffset+r.byteOffset,byteStride:this.byteStride}):null}getChildAt(e){if(!Ul(this.format))return null;let r=Object.values(this.format.fields)[e];return r?new Ht({buffer:this.buffer,format:r.format,length:this.length,byteOffset:this.byteOffset+r.byteOffset,byteStride:this.byteStride}):null}},di=zp});function yE(t){let e=t.format?jt(t.format):void 0,r=t.rowByteLength??t.byteStride??e?.byteLength;if(r===void 0)throw new Error("GPUVector requires format or explicit rowByteLength");return{stride:t.stride??e?.components??1,byteStride:t.byteStride??r,rowByteLength:r}}function lk(t){return t[0]?.format}function uk(t,e){if(t.find(n=>n.format!==e))throw new Error("GPUVector data chunks must share the declared format")}var It,bE=_(()=>{Vp();Nl();It=class{name;dataType;format;length;valueLength;stride;byteOffset;byteStride;rowByteLength;bufferLayout;data=[];device;bufferProps;isAppendable=!1;ownsDataChunks=!0;ownedVectors=[];appendableByteLength=0;constructor(e){switch(e.type){case"buffer":{let{name:r,buffer:n,format:i,length:o,valueLength:s=o,byteOffset:a=0,ownsBuffer:c=!1}=e,{stride:l,byteStride:u,rowByteLength:f}=yE(e);this.name=r,this.dataType=e.dataType,this.format=i,this.length=o,this.valueLength=s,this.stride=l,this.byteOffset=a,this.byteStride=u,this.rowByteLength=f,this.data.push(new di({buffer:n,format:i,length:o,valueLength:s,stride:l,byteOffset:a,byteStride:u,rowByteLength:f,ownsBuffer:c,dataType:e.dataType}));return}case"interleaved":{let{name:r,buffer:n,format:i,length:o,valueLength:s=o,byteOffset:a=0,byteStride:c,attributes:l,ownsBuffer:u=!1}=e;this.name=r,this.dataType=e.dataType,this.format=i,this.length=o,this.valueLength=s,this.stride=c,this.byteOffset=a,this.byteStride=c,this.rowByteLength=c,this.bufferLayout={name:r,byteStride:c,attributes:l},this.data.push(new di({buffer:n,format:i,length:o,valueLength:s,stride:c,byteOffset:a,byteStride:c,rowByteLength:c,ownsBuffer:u,dataType:e.dataType}));return}case"data":{let r=e.format??lk(e.data),n=r?jt(r):void 0,{name:i,data:o,stride:s=o[0]?.stride??n?.components??1,valueLength:a=o.reduce((d,h)=>d+h.valueLength,0),byteStride:c=o[0]?.byteStride??n?.byteLength,rowByteLength:l=o[0]?.rowByteLength??n?.byteLength,bufferLayout:u,ownsData:f=!1}=e;if(c===void 0||l===void 0)throw new Error("GPUVector requires format or explicit byte layout metadata");r&&uk(o,r),this.name=i,this.dataType=e.dataType,this.format=r,this.length=o.reduce((d,h)=>d+h.length,0),this.valueLength=a,this.stride=s,this.byteOffset=o.length===1?o[0].byteOffset:0,this.byteStride=c,this.rowByteLength=l,this.bufferLayout=u,this.ownsDataChunks=f,this.data.push(...o);return}case"appendable":{let{name:r,device:n,format:i,valueLength:o=0,bufferProps:s}=e,{stride:a,byteStride:c,rowByteLength:l}=yE(e);this.name=r,this.dataType=e.dataType,this.format=i,this.length=0,this.valueLength=o,this.stride=a,this.byteOffset=0,this.byteStride=c,this.rowByteLength=l,this.device=n,this.bufferProps=s,this.isAppendable=!0;return}}}get ownsBuffer(){return this.ownsDataChunks&&this.data.some(e=>e.ownsBuffer)||this.ownedVectors.some(e=>e.ownsBuffer)}get capacityRows(){return this.isAppendable?this.length:void 0}get appendedByteLength(){return this.appendableByteLength}addData(e){if(this.format&&e.format!==this.format)throw new Error("GPUVector.addData() requires matching formats");if(e.byteStride!==this.byteStride)throw new Error("GPUVector.addData() requires matching byteStride");if(e.rowByteLength!==this.rowByteLength)throw new Error("GPUVector.addData() requires matching rowByteLength");return this.data.push(e),this.length+=e.length,this.valueLength+=e.valueLength,this}appendDataChunk(e,r=this.appendableByteLength+e.buffer.byteLength){if(!this.isAppendable)throw new Error("GPUVector.appendDataChunk() requires appendable vector storage");if(this.format&&e.format!==this.format)throw new Error("GPUVector.appendDataChunk() requires matching formats");if(e.byteStride!==this.byteStride||e.rowByteLength!==this.rowByteLength)throw new Error("GPUVector.appendDataChunk() requires matching byte layout metadata");return this.data.push(e),this.length+=e.length,this.valueLength+=e.valueLength,this.appendableByteLength=r,this}resetLastBatch(){if(!this.isAppendable)throw new Error("GPUVector.resetLastBatch() requires appendable vector storage");for(let e of this.data.splice(0))e.destroy();return this.length=0,this.valueLength=0,this.appendableByteLength=0,this}retainOwnedVectors(e){return this.ownedVectors.push(...e),this}transferBufferOwnership(e){let r=this.data[0],n=e.data[0];if(!r||!n||r.buffer!==n.buffer)throw new Error("GPUVector ownership can only be transferred to the same buffer");r.transferBufferOwnership(n)}destroy(){if(this.ownsDataChunks)for(let e of this.data)e.destroy();for(let e of this.ownedVectors.splice(0))e.destroy()}}});var Wp=_(()=>{Vp();Gp();bE();Nl()});var jp,Pe,As=_(()=>{R();jp=class{poolSize=20;bufferPools;constructor(){this.bufferPools=new Map}createOrReuse(e,r){if(r>e.limits.maxBufferSize)throw new Error(`Buffer pool cannot allocate ${r} bytes: device.limits.maxBufferSize is ${e.limits.maxBufferSize}`);let n=this.bufferPools.get(e),i=n?n.findIndex(s=>s.byteLength>=r):-1;if(i<0)return e.createBuffer({usage:k.VERTEX|k.STORAGE|k.COPY_DST|k.COPY_SRC,byteLength:r});let[o]=n.splice(i,1);return o}recycle(e){let r=e.device;this.bufferPools.has(r)||this.bufferPools.set(r,[]);let n=this.bufferPools.get(r),i=n.findIndex(o=>o.byteLength>e.byteLength);i<0?n.push(e):n.splice(i,0,e),this.purge()}purge(){for(let[e,r]of this.bufferPools){let n=e.isLost?0:this.poolSize;for(;r.length>n;)r.shift().destroy();r.length===0&&this.bufferPools.delete(e)}}},Pe=new jp});function fk(t,e,r,n){let{ValueType:i,size:o,offset:s,stride:a}=t,c=a/i.BYTES_PER_ELEMENT,l=s/i.BYTES_PER_ELEMENT,u=n-r;if(c===o){let d=l+r*c;return e.subarray(d,d+u*o)}let f=new i(u*o);for(let d=0;d<u;d++){let h=l+(r+d)*c;f.set(e.subarray(h,h+o),d*o)}return f}function $l(t){if(t instanceof z)return t;if(typeof t=="number"||Array.isArray(t))return z.fromConstant(t);if(t instanceof di)return z.fromGPUData(t);if(t instanceof Ht)return z.fromGPUDataView(t);throw new Error("getGPUDataEvaluator() requires GPUDataEvaluator, GPUData, GPUDataView, number, or number[]")}function dk(t){if(!t.format)throw new Error("GPUDataEvaluator.fromGPUData() requires GPUData format metadata");if(kl(t.format)||Dl(t.format))throw new Error("GPUDataEvaluator.fromGPUData() does not support variable-length input");let r=jt(t.format).byteLength;if(t.rowByteLength!==r)throw new Error(`GPUDataEvaluator.fromGPUData() requires rowByteLength ${r} for GPUData`)}function xE(t){let e=jt(t.format),r=Cr(e.signedDataType),n=r.BYTES_PER_ELEMENT*e.components;if(e.byteLength!==n)throw new Error(`GPUDataEvaluator does not support packed vertex format ${t.format}: ${e.byteLength} physical bytes cannot expose ${e.components} ${e.signedDataType} components`);if(t.byteOffset%r.BYTES_PER_ELEMENT!==0||t.byteStride%r.BYTES_PER_ELEMENT!==0)throw new Error(`GPUDataEvaluator requires ${t.format} offset and stride aligned to ${r.BYTES_PER_ELEMENT} bytes`);return{type:e.signedDataType,size:e.components,offset:t.byteOffset,stride:t.byteStride,normalized:e.normalized,length:t.length,format:t.format}}function Gl(t){let e=hk(t).buffer;return e instanceof me?e.buffer:e}function hk(t){let[e,...r]=t.data;if(!e||r.length>0)throw new Error(`GPUDataEvaluator requires exactly one GPUData chunk for "${t.name}"`);return e}function pk(t){let e=[];return wE(t,e,{byteOffset:0}),e}function wE(t,e,r){let n=t.source;if(n&&!(n instanceof z)&&n.name==="interleave"){for(let i of Object.values(n.inputs))i instanceof z&&wE(i,e,r);return}e.push({attribute:t.id??t.toString(),format:vE(t.type,t.size,t.normalized),byteOffset:r.byteOffset}),r.byteOffset+=t.ValueType.BYTES_PER_ELEMENT*t.size}function vE(t,e,r=!1){if(e<1||e>4)throw new Error(`Cannot synthesize a GPUVector vertex format with ${e} components`);let n=t;if(r)switch(t){case"uint8":n="unorm8";break;case"sint8":n="snorm8";break;case"uint16":n="unorm16";break;case"sint16":n="snorm16";break;case"float32":n="float32";break;default:throw new Error(`Unsupported normalized vertex format for ${t}`)}return(n==="uint8"||n==="sint8"||n==="uint16"||n==="sint16"||n==="unorm8"||n==="snorm8"||n==="unorm16"||n==="snorm16")&&e===3?`${n}x3-webgl`:`${n}${e===1?"":`x${e}`}`}function mk(t,e,r=!1){return e>=1&&e<=4?vE(t,e,r):void 0}var z,Yt=_(()=>{R();ie();Wp();As();z=class t{static get bufferPoolSize(){return Pe.poolSize}static set bufferPoolSize(e){if(!Number.isSafeInteger(e)||e<0)throw new Error("GPUDataEvaluator.bufferPoolSize must be a non-negative safe integer");Pe.poolSize=e,Pe.purge()}type;size;get offset(){return this._offset}get stride(){return this._stride}normalized;isConstant;length;get byteLength(){return this._byteLength}ValueType;source=null;format;_id;_destroyed=!1;_value;_offset;_stride;_byteLength;_gpuVector;_bufferOwnership="owned";_targetBuffer;static fromArray(e,{type:r,size:n=1,offset:i=0,stride:o=0,normalized:s=!1}){let a=r,c;if(Array.isArray(e)){a=a||"float32";let u=Cr(a);c=new u(e)}else e instanceof Float64Array?(a="uint32",n*=2,i*=2,o*=2,c=new Uint32Array(e.buffer,e.byteOffset,e.byteLength/4)):(a=a||Ra(e),c=e);let l=`<${a} * ${n}>`;return new t({id:l,type:a,size:n,offset:i,stride:o,normalized:s,value:c})}static fromConstant(e,r="float32"){let n=Cr(r),i;return Array.isArray(e)?i=`[${e.join(",")}]`:(i=String(e),e=[e]),new t({id:i,isConstant:!0,type:r,size:e.length,value:new n(e)})}static fromGPUData(e,r={}){dk(e);let n=new Ht({buffer:e.buffer,format:e.format,length:e.length,byteOffset:e.byteOffset,byteStride:e.byteStride});return new t({...xE(n),id:r.id,gpuData:e})}static fromGPUDataView(e,r={}){return new t({...xE(e),id:r.id,buffer:e.buffer})}constructor(e){let{id:r,value:n,buffer:i,gpuData:o,format:s,source:a=null,isConstant:c=!1}=e;if(!a&&!n&&!i&&!o)throw new Error("GPUDataEvaluator must have a value source");let{type:l,size:u,offset:f,stride:d,normalized:h,length:p}=e;if(a instanceof t?(l=l??a.type,u=u??a.size,f=f??a.offset,d=d??a.stride,h=h??a.normalized,p=p??a.length):(u=u??1,f=f??0,h=h??!1,p=c?1:p),!l)throw new Error("GPUDataEvaluator: type not defined");if(this._id=r,this.type=l,this.size=u,this.ValueType=Cr(this.type),this._offset=f,this._stride=d||this.ValueType.BYTES_PER_ELEMENT*u,this.normalized=h,this.source=a,this.format=s,p===void 0)if(c)p=1;else{if(!n)throw new Error("GPUDataEvaluator: length not defined");p=Math.ceil(n.byteLength/this.stride)}this.isConstant=c,this.length=p;let g=this.ValueType.BYTES_PER_ELEMENT*this.size;this._byteLength=p===0?0:(p-1)*this.stride+g,this._value=n,this._bufferOwnership=a instanceof t||i||o?"borrowed":"owned",o?this._gpuVector=new It({type:"data",name:this._id??"data",format:o.format,data:[o],stride:o.stride,byteStride:o.byteStride,rowByteLength:o.rowByteLength}):i&&(this._gpuVector=this.createGPUVectorView({buffer:i,name:this._id,format:this.format}))}get value(){return this._value||(this.source instanceof t?this.source.value:void 0)}get evaluated(){return!!this._gpuVector}get id(){return this._id}get gpuVector(){if(!this._gpuVector)throw new Error(`${this} not evaluated`);return this._gpuVector}get buffer(){return Gl(this.gpuVector)}setTargetBuffer({buffer:e,byteOffset:r=0,byteStride:n=this.stride}){if(this._destroyed)throw new Error(`GPUDataEvaluator ${this} already destroyed`);if(this._gpuVector)throw new Error(`GPUDataEvaluator ${this} already evaluated`);if(!this.source||this.source instanceof t)throw new Error("GPUDataEvaluator target buffers require a deferred operation source");this._targetBuffer={buffer:e,byteOffset:r,byteStride:n}}async evaluate(e,r={}){if(this._destroyed)throw new Error(`GPUDataEvaluator ${this} already destroyed`);if(this._gpuVector)return this._gpuVector;let n;if(this.source instanceof t){let i=await this.source.evaluate(e);return this._gpuVector=this.createGPUVectorView({...r,buffer:Gl(i)}),this._gpuVector}if(n=this._getEvaluationBuffer(e),this._value)n.write(this._value);else{let i=await this.source.execute(e,n);if(!i.success)throw i.error||new Error(`${this.source} evaluation failed`);i.value&&(this._value=i.value)}return this._gpuVector=this.createGPUVectorView({...r,buffer:n}),this._gpuVector}evaluateSync(e,r={}){if(this._destroyed)throw new Error(`GPUDataEvaluator ${this} already destroyed`);if(this._gpuVector)return this._gpuVector;let n;if(this.source instanceof t){let i=this.source.evaluateSync(e);return this._gpuVector=this.createGPUVectorView({...r,buffer:Gl(i)}),this._gpuVector}if(n=this._getEvaluationBuffer(e),this._value)n.write(this._value);else{let i=this.source.executeSync(e,n);if(!i.success)throw i.error||new Error(`${this.source} evaluation failed`);i.value&&(this._value=i.value)}return this._gpuVector=this.createGPUVectorView({...r,buffer:n}),this._gpuVector}createGPUVectorView(e){let r=e.name??this._id??"vector",n=e.format??this.format??mk(this.type,this.size,this.normalized);if(e.interleaved){let i=typeof e.interleaved=="object"&&e.interleaved.attributes?e.interleaved.attributes:pk(this);return new It({type:"interleaved",name:r,buffer:e.buffer,format:e.format??this.format,length:this.length,byteOffset:this.offset,byteStride:this.stride,attributes:i,ownsBuffer:!1})}return new It({type:"buffer",name:r,buffer:e.buffer,format:n,length:this.length,stride:this.size,byteOffset:this.offset,byteStride:this.stride,rowByteLength:this.ValueType.BYTES_PER_ELEMENT*this.size,ownsBuffer:!1})}_getEvaluationBuffer(e){let r=this._targetBuffer;if(!r)return Pe.createOrReuse(e,this.byteLength);if(r.buffer.device!==e)throw new Error("GPUDataEvaluator target buffer belongs to a different device");let n=this.ValueType.BYTES_PER_ELEMENT*this.size,i=this.length===0?0:(this.length-1)*r.byteStride+n;if(r.byteOffset+i>r.buffer.byteLength)throw new Error("GPUDataEvaluator target buffer is too small for the output layout");return this._offset=r.byteOffset,this._stride=r.byteStride,this._byteLength=i,this._bufferOwnership="borrowed",this._targetBuffer=void 0,r.buffer}async readValue(e=0,r){let{ValueType:n}=this,{size:i,offset:o,stride:s,length:a}=this,c=n.BYTES_PER_ELEMENT*i;if(r=r??a,e=Math.max(0,Math.min(a,e)),r=Math.max(e,Math.min(a,r)),this._value)return fk(this,this._value,e,r);let l=r-e;if(l===0)return new n(0);let u=o+e*s,f=s===c?l*c:(l-1)*s+c,d=await this.buffer.readAsync(u,f),h=new n(d.buffer,d.byteOffset,d.byteLength/n.BYTES_PER_ELEMENT);if(s===c)return h;let p=new Uint8Array(c*l);for(let g=0;g<l;g++){let m=g*s;p.set(d.subarray(m,m+c),g*c)}return new n(p.buffer)}async ensureCPUValue(){let e=this.value;if(e)return e;let r=await this.buffer.readAsync(0,this.offset+this.byteLength);if(r.byteLength%this.ValueType.BYTES_PER_ELEMENT!==0)throw new Error(`${this} backing buffer byte length is not aligned to its scalar type`);let n=r.slice();return this._value=new this.ValueType(n.buffer,n.byteOffset,n.byteLength/this.ValueType.BYTES_PER_ELEMENT),this._value}ensureCPUValueSync(){let e=this.value;if(e)return e;throw new Error(`${this} CPU value is not available for synchronous evaluation`)}toString(){return this._id??this.source?.toString()??this.constructor.name}destroy(){this._gpuVector&&(this._bufferOwnership==="owned"&&Pe.recycle(Gl(this._gpuVector)),this._gpuVector=void 0),this._targetBuffer=void 0,this._destroyed=!0}}});var hi,zl=_(()=>{hi={add:{arity:2,symbol:"arithmetic_add"},subtract:{arity:2,symbol:"arithmetic_subtract"},multiply:{arity:2,symbol:"arithmetic_multiply"},divide:{arity:2,symbol:"arithmetic_divide"},pow:{arity:2,symbol:"pow"},sqrt:{arity:1,symbol:"sqrt"},abs:{arity:1,symbol:"abs"},sin:{arity:1,symbol:"sin"},cos:{arity:1,symbol:"cos"},tan:{arity:1,symbol:"arithmetic_tan"},exp:{arity:1,symbol:"exp"},log:{arity:1,symbol:"log"}}});function NE(t,{operations:e,inputs:r}){switch(t.kind){case"input":if(!(t.name in r))throw new Error(`Unknown expression input '${t.name}'`);return;case"literal":if(Array.isArray(t.value)){for(let n of t.value)if(!Number.isFinite(n))throw new Error(`Expression literal array must contain only finite values, got ${n}`)}else if(!Number.isFinite(t.value))throw new Error(`Expression literal must be finite, got ${t.value}`);return;case"call":{let n=e[t.op];if(!n)throw new Error(`Unknown expression op '${t.op}'`);if(t.args.length!==n.arity)throw new Error(`Expression op '${t.op}' expects ${n.arity} args, got ${t.args.length}`);for(let i of t.args)NE(i,{operations:e,inputs:r});return}default:{let n=t;throw new Error(`Unsupported expression node ${n.kind}`)}}}function Vl(t,e){return NE(t,e),FE(t,e)}function FE(t,e){switch(t.kind){case"input":{let r=e.inputs[t.name];return e.laneIndex<r.size?e.formatInput(t.name):e.formatOutOfBoundsInput(t.name)}case"literal":return e.formatLiteral(t.value);case"call":{let r=e.operations[t.op],n=t.args.map(i=>FE(i,e));return e.formatCall(r.symbol,n)}default:{let r=t;throw new Error(`Unsupported expression node ${r.kind}`)}}}var Xp=_(()=>{});function _e(t,e,r=!1){if(r)return e===1?"float":`vec${e}`;switch(t){case"uint8":case"uint16":case"uint32":return e===1?"uint":`uvec${e}`;case"sint8":case"sint16":case"sint32":return e===1?"int":`ivec${e}`;default:return e===1?"float":`vec${e}`}}function Wl(t,e,r=!1){let n;if(r)switch(t){case"uint8":n="unorm8";break;case"sint8":n="snorm8";break;case"uint16":n="unorm16";break;case"sint16":n="snorm16";break;case"float32":n="float32";break;default:throw new Error(`Unsupported normalized vertex format for ${t}`)}else n=t;return e===1?n:e===3&&!n.startsWith("float32")&&!n.endsWith("32")?`${n}x3-webgl`:`${n}x${e}`}function gr(t){switch(t[0]){case"u":return"0u";case"s":return"0";default:return"0."}}function UE(t,e){switch(t){case"uint8":case"uint16":case"uint32":return`${Math.trunc(e)}u`;case"sint8":case"sint16":case"sint32":return`${Math.trunc(e)}`;default:return Number.isInteger(e)?`${e}.0`:`${e}`}}function GE(t){switch(t){case"uint8":return"r8uint";case"sint8":return"r8sint";case"uint16":return"r16uint";case"sint16":return"r16sint";case"uint32":return"r32uint";case"sint32":return"r32sint";case"float32":return"r32float";default:throw new Error(`Unsupported WebGL gather texture format for ${t}`)}}function $E(t){switch(t){case"uint32":return"usampler2D";case"sint32":return"isampler2D";case"float32":return"sampler2D";default:throw new Error(`Unsupported WebGL gather sampler type for ${t}`)}}var mi=_(()=>{});function ye({module:t,elementWise:e=!1,expression:r,inputs:n,output:i,operationType:o=i.type,outputBuffer:s}){let a=s.device,c=fn("result",i.type,i.size,i.normalized),l=[t,c],u=[],f={},d=_e(i.type,1,i.normalized),h=_e(o,1,i.normalized),p="",g=null,m={TYPE:h,RESULT_LEN:i.size.toString()},b=Sk(n);for(let[v,E]of b)l.push(Zp(v,E.type,E.size,E.normalized,o)),u.push(Kp(v,E)),E instanceof z?f[v]=E.buffer:(g=g||Pe.createOrReuse(a,s.byteLength),f[v]=g),p+=`TYPE ${v}[${E.size}]; get_${v}(${v});
`,m[`${v.toUpperCase()}_LEN`]=E.size.toString();let x="";if(r)for(let v=0;v<i.size;v++)x+=`result[${v}]=${r(v)};
`;else if(e)for(let v=0;v<i.size;v++){let E=gr(h),P=b.map(([L,C])=>v<C.size?`${L}[${v}]`:E);x+=`result[${v}]=${t.name}(${P.join(", ")});
`}else x=`${t.name}(${b.map(([v])=>v).join(", ")}, result);`;let y=`#version 300 es

void main() {
${p}
${d} result[${i.size}];
${x}
set_result(result);
}
  `,w=new ge(a,{vs:y,shaderAssembler:Ek,defines:m,modules:l,bufferLayout:u,vertexCount:1,instanceCount:i.length,attributes:f,feedbackBufferMode:"interleaved",outputs:c.varyings});a.statsManager.getStats(wk).get(vk).incrementCount(),w.run({inputBuffers:f,outputBuffers:{[c.varyings[0]]:i.offset===0?s:{buffer:s,byteOffset:i.offset,byteLength:i.byteLength}}}),g&&Pe.recycle(g)}function Sk(t){return Array.isArray(t)?t.map((e,r)=>[`x${r}`,e]):Object.entries(t)}function Zp(t,e,r,n=!1,i=e){let o="",s="";for(let c=0;c<r;c+=4){let l=Math.min(r-c,4),u=_e(e,l,n);o+=`in ${u} a${t}_${c};
`;for(let f=0;f<l;f++){let d=`a${t}_${c}`;l>1&&(d=`${d}[${f}]`),(n||e!==i)&&(d=`TYPE(${d})`),s+=`v[${c+f}]=${d};
`}}let a=`
${o}
void get_${t}(out TYPE v[${r}]) {
  ${s}
}
`;return{name:t,vs:a}}function Kp(t,e){let r={name:t,stepMode:e.isConstant?"vertex":"instance",byteStride:e.stride,attributes:[]};for(let n=0;n<e.size;n+=4){let i=Math.min(e.size-n,4);r.attributes.push({attribute:`a${t}_${n}`,format:Wl(e.type,i,e.normalized),byteOffset:e.offset+e.ValueType.BYTES_PER_ELEMENT*n})}return r}function fn(t,e,r,n=!1){let i=[],o=_e(e,1,n),s="",a="";for(let c=0;c<r;c+=4){let l=Math.min(r-c,4),u=_e(e,l,n);i.push(`${t}_${c}`),s+=`flat out ${u} ${t}_${c};
`;let f=Array.from({length:l},(d,h)=>c+h);a+=`${t}_${c} = ${u}(${f.map(d=>`v[${d}]`).join(",")});
`}return{name:t,varyings:i,vs:`
${s}
void set_${t}(in ${o} v[${r}]) {
  ${a}
}
`}}var wk,vk,Ek,Ge=_(()=>{ie();Ae();Yt();As();mi();wk="GPGPU Operation Counts",vk="Transform Runs",Ek=new Bn});var Tk,jl,Qp=_(()=>{Ae();Xp();zl();Ge();mi();Tk=`TYPE arithmetic_add(TYPE x, TYPE y) {
  return x + y;
}

TYPE arithmetic_subtract(TYPE x, TYPE y) {
  return x - y;
}

TYPE arithmetic_multiply(TYPE x, TYPE y) {
  return x * y;
}

TYPE arithmetic_divide(TYPE x, TYPE y) {
  return x / y;
}

float arithmetic_tan(float x) {
  return tan_fp32(x);
}
`,jl=({inputs:t,output:e,target:r})=>{let n=e.type,i=_e(n,1,e.normalized),o=gr(i),s=t.namedInputs;return ye({module:{name:"arithmetic",dependencies:[Hr],vs:Tk},inputs:s,output:e,operationType:n,outputBuffer:r,expression:a=>Vl(t.expression,{operations:hi,inputs:s,laneIndex:a,formatInput:c=>`${c}[${a}]`,formatOutOfBoundsInput:c=>s[c].size===1?`${c}[0]`:o,formatLiteral:c=>{let l=Array.isArray(c)?c[a]??0:c;return`${i}(${UE(n,l)})`},formatCall:(c,l)=>`${c}(${l.join(", ")})`})}),{success:!0}}});var Pk,Lk,VE,zE,WE=_(()=>{R();ie();Yt();As();Qp();Ge();Pk="GPGPU Operation Counts",Lk="Transform Runs",VE=({inputs:t,output:e,target:r})=>{let{sourceValues:n}=t,i=r.device;if(n.length===0){let f=new e.ValueType(e.length*e.size);return r.write(f),{success:!0,value:f}}if(n.isConstant){let f=n.value,d=new e.ValueType(e.length*e.size);for(let h=0;h<e.length;h++){let p=f[h];d[h*2]=p,d[h*2+1]=p}return r.write(d),{success:!0,value:d}}let o=i.createTexture({width:1,height:e.length,format:"rg32float",usage:G.RENDER|G.COPY_SRC|G.COPY_DST}),s=i.createFramebuffer({colorAttachments:[o]}),a=`#version 300 es

flat out float extent_value;

void main() {
  float sourceValues[SOURCE_VALUES_LEN];
  get_sourceValues(sourceValues);
  extent_value = sourceValues[gl_VertexID];

  float y = (float(gl_VertexID) + 0.5) / float(CHANNEL_COUNT) * 2.0 - 1.0;
  gl_Position = vec4(0.0, y, 0.0, 1.0);
  gl_PointSize = 1.0;
}
  `,c=`#version 300 es

precision highp float;

flat in float extent_value;
out vec2 fragColor;

void main() {
  fragColor = vec2(-extent_value, extent_value);
}
  `,l=new qe(i,{vs:a,fs:c,topology:"point-list",parameters:{depthCompare:"always",blend:!0,blendColorSrcFactor:"one",blendColorDstFactor:"one",blendColorOperation:"max",blendAlphaSrcFactor:"one",blendAlphaDstFactor:"one",blendAlphaOperation:"max"},modules:[Zp("sourceValues",n.type,n.size,n.normalized)],defines:{TYPE:"float",SOURCE_VALUES_LEN:n.size.toString(),CHANNEL_COUNT:e.length.toString()},attributes:{sourceValues:n.buffer},bufferLayout:[Kp("sourceValues",n)],instanceCount:n.length,vertexCount:e.length,disableWarnings:!0}),u=Pe.createOrReuse(i,e.byteLength);try{let f=i.beginRenderPass({framebuffer:s,parameters:{viewport:[0,0,1,e.length]},clearColor:[-zE,-zE,0,0],clearDepth:!1,clearStencil:!1});i.statsManager.getStats(Pk).get(Lk).incrementCount(),l.draw(f),f.end();let d=i.createCommandEncoder();return d.copyTextureToBuffer({sourceTexture:o,width:1,height:e.length,destinationBuffer:u,byteOffset:0,bytesPerRow:8}),i.submit(d.finish()),jl({device:i,inputs:{expression:{kind:"call",op:"multiply",args:[{kind:"input",name:"x"},{kind:"literal",value:[-1,1]}]},namedInputs:{x:new z({buffer:u,size:2,type:"float32",length:e.length})}},output:e,target:r})}finally{l.destroy(),Pe.recycle(u),s.destroy(),o.destroy()}},zE=3e38});function Ak(t,e){let r=e.reduce((n,[,i])=>n+Math.ceil(i.size/4),0);if(r>t)throw new Error(`interleave() requires ${r} vertex attributes, exceeding device limit ${t}`)}function Ck(t,e){if(e.size>t)throw new Error(`interleave() output size ${e.size} exceeds device inter-stage component limit ${t}`)}var jE,HE=_(()=>{Ge();jE=({inputs:t,output:e,target:r})=>{let n=t.map((c,l)=>[`x${l}`,c]);Ak(r.device.limits.maxVertexAttributes,n),Ck(r.device.limits.maxInterStageShaderVariables,e);let i=n.map(([c,l])=>`in TYPE ${c}[${l.size}]`).join(", "),o=0,s=n.map(([c,l])=>{let u=Array.from({length:l.size},(f,d)=>`  result[${o+d}] = ${c}[${d}];`).join(`
`);return o+=l.size,u}).join(`
`),a=`void interleave(${i}, out TYPE result[RESULT_LEN]) {
${s}
}
`;return ye({module:{name:"interleave",vs:a},inputs:t,output:e,outputBuffer:r}),{success:!0}}});function Mk(){let t=new Uint16Array([255]);return new Uint8Array(t.buffer)[0]>0}var Ik,YE,qE=_(()=>{Ge();Ik=`#define LE ${Mk()?1:0}
const uint F32_NAN = 0xffffffffu;
const uint F32_INF = 0x7f800000u;

// Find first set bit using binary search
// https://en.wikipedia.org/wiki/Find_first_set#CLZ
int countLeadingZeros(uint a) {
  if (a == 0u) return 32;
  int n = 0;
  if ((a & 0xffff0000u) == 0u) { n += 16; a = a << 16; }
  if ((a & 0xff000000u) == 0u) { n += 8;  a = a << 8;  }
  if ((a & 0xf0000000u) == 0u) { n += 4;  a = a << 4;  }
  if ((a & 0xc0000000u) == 0u) { n += 2;  a = a << 2;  }
  if ((a & 0x80000000u) == 0u) return n + 1;
  return n;
}

uint roundShiftRight(uint value, int shift) {
  if (shift <= 0) {
    return value << (-shift);
  }

  if (shift >= 32) {
    if (shift == 32 && value > 0x80000000u) {
      return 1u;
    }
    return 0u;
  }

  uint truncated = value >> shift;
  uint halfShift = 1u << (shift - 1);
  uint remainder = value & ((1u << shift) - 1u);
  if (remainder > halfShift || (remainder == halfShift && (truncated & 1u) == 1u)) {
    return truncated + 1u;
  }
  return truncated;
}

uint makeFloat_(uint sign, int exponent, uint mantissa) {
  return (sign << 31) | (uint(exponent + 127) << 23) | (mantissa & 0x7fffffu);
}

/**
 * Assemble a float32 in bit representation according to IEEE 754
 * https://en.wikipedia.org/wiki/Single-precision_floating-point_format
 */
uint makeFloat(uint sign, int exponent, uint significand) {
  if (significand == 0u) {
    return sign << 31;
  }

  // Remove any extra leading zeros for better precision
  int lead_zeros = countLeadingZeros(significand);
  // Significand is encoded as 1.fraction
  int normalizedExponent = exponent + 31 - lead_zeros;

  if (normalizedExponent > 127) {
    return (sign << 31) | F32_INF;
  }

  uint mantissa;
  if (normalizedExponent >= -126) {
    mantissa = roundShiftRight(significand, 8 - lead_zeros);
    if (mantissa >= 0x1000000u) {
      mantissa >>= 1;
      normalizedExponent++;
      if (normalizedExponent > 127) {
        return (sign << 31) | F32_INF;
      }
    }
    return makeFloat_(sign, normalizedExponent, mantissa);
  }

  int subnormalShift = -149 - exponent;
  mantissa = roundShiftRight(significand, subnormalShift);
  if (mantissa >= 0x800000u) {
    return (sign << 31) | (1u << 23);
  }
  return (sign << 31) | mantissa;
}

/**
 * Parse 8-byte memory as a float64 number according to IEEE 754
 * https://en.wikipedia.org/wiki/Double-precision_floating-point_format
 * Returns 8-byte memory as 2 float32 numbers, consisting of
 * high part: fround(d)
 * low part: d - fround(d)
 */
uvec2 parseAsDouble(uvec2 d) {
  #if LE
  d = d.yx; // to big endian
  #endif

  uint sign = (d[0] >> 31) & 1u; // first bit
  uint exponentBits = (d[0] >> 20) & 0x7ffu;
  int exponent = int(exponentBits) - 1023; // next 11 bits
  uint fractionHigh = d[0] & 0xfffffu;
  uint fractionLow = d[1];

  if (exponentBits == 0x7ffu) {
    if (fractionHigh == 0u && fractionLow == 0u) {
      return uvec2((sign << 31) | F32_INF, F32_NAN);
    }
    return uvec2(F32_NAN);
  }
  
  if (exponentBits == 0u) {
    // All float64 subnormals are too small to survive a float32 split.
    return uvec2(sign << 31);
  }

  if (exponent > 127) {
    return uvec2((sign << 31) | F32_INF, ((1u - sign) << 31) | F32_INF);
  }

  uint hi_part;
  uint low_part;

  // float64 significand has 52 bits
  // float32 significand has 23 bits
  // The significand of the high part is the significand of the double, trimmed
  uint f_hi = 0x800000u | (fractionHigh << 3) | (fractionLow >> 29);
  uint f_low = fractionLow & 0x1fffffffu;

  if (exponent < -126) {
    // For tiny normals, the top 24 significand bits still contribute to the float32
    // high part, but they land in the float32 subnormal range.
    hi_part = makeFloat(sign, exponent - 23, f_hi);

    // The residual keeps the remaining 29 significand bits at the original double scale.
    low_part = makeFloat(sign, exponent - 52, f_low);
    return uvec2(hi_part, low_part);
  }

  bool roundUp = f_low > 0x10000000u || (f_low == 0x10000000u && (f_hi & 1u) == 1u);

  uint f_rounded = f_hi + (roundUp ? 1u : 0u);
  int exponent_hi = exponent;
  if (f_rounded == 0x1000000u) {
    f_rounded = 0x800000u;
    exponent_hi++;
  }

  if (exponent_hi > 127) {
    // Overflows float32 limit
    hi_part = (sign << 31) | F32_INF;
    low_part = ((1u - sign) << 31) | F32_INF;
    return uvec2(hi_part, low_part);
  }
  
  hi_part = makeFloat_(sign, exponent_hi, f_rounded);

  int remainder = int(f_low);
  uint sign_low = sign;
  if (roundUp) {
    remainder -= 0x20000000;
  }
  if (remainder < 0) {
    sign_low = 1u - sign;
    remainder = -remainder;
  }
  low_part = makeFloat(sign_low, exponent - 52, uint(remainder));

  return uvec2(hi_part, low_part);
}

void fround(in uint x[X_LEN], out float result[X_LEN]) {
  int n = X_LEN / 2;
  for (int i = 0; i < n; i++) {
    uvec2 f = parseAsDouble(uvec2(x[i * 2], x[i * 2 + 1]));
    result[i] = uintBitsToFloat(f.x);
    result[i + n] = uintBitsToFloat(f.y);
  }
}
`,YE=({inputs:t,output:e,target:r})=>(ye({module:{name:"fround",vs:Ik},inputs:t,output:e,operationType:"uint32",outputBuffer:r}),{success:!0})});function Hl(t,e,r){let n=$E(r),i=_e(e,1),o=Array.from({length:t.size},(s,a)=>`  v[${a}] = ${i}(texelFetch(source_values_texture, ivec2(${a}, rowIndex), 0).r);`).join(`
`);return{name:"source_values_texture",vs:`
uniform highp ${n} source_values_texture;
void read_source_values(int rowIndex, out TYPE v[${t.size}]) {
${o}
}
`}}function Yl(t,e,r){let n=r.createTexture({width:Math.max(t.size,1),height:t.length,format:GE(e),usage:G.SAMPLE|G.COPY_DST});if(t.length===0)return n;let i=r.createCommandEncoder();return i.copyBufferToTexture({sourceBuffer:t.buffer,destinationTexture:n,byteOffset:t.offset,bytesPerRow:t.stride,rowsPerImage:t.length,size:[t.size,t.length,1]}),r.submit(i.finish()),n}var Jp=_(()=>{R();mi()});function Rk(t,e){let r=_e(t.type,1),n="aids_0";return t.type!==kk(e)&&(n=`${e}(${n})`),{name:"ids",vs:`
in ${r} aids_0;
void get_ids(out INDEX_TYPE v[1]) {
  v[0] = ${n};
}
`}}function Bk(t){return{name:"ids",stepMode:t.isConstant?"vertex":"instance",byteStride:t.stride,attributes:[{attribute:"aids_0",format:Wl(t.type,1,t.normalized),byteOffset:t.offset}]}}function Ok(t){return{name:"gather",vs:`
void zero_result(out TYPE result[RESULT_LEN]) {
  for (int i = 0; i < RESULT_LEN; i++) {
    result[i] = ${gr(t)};
  }
}

void gather(in INDEX_TYPE ids[1], out TYPE result[RESULT_LEN]) {
  int sourceIndex = int(ids[0]);
  if (sourceIndex < 0 || sourceIndex >= SOURCE_VALUES_ROWS) {
    zero_result(result);
    return;
  }
  read_source_values(sourceIndex, result);
}
`}}function kk(t){switch(t){case"uint":return"uint32";case"int":return"sint32";default:return"float32"}}var XE,ZE=_(()=>{ie();mi();Ge();Jp();XE=async({inputs:t,output:e,target:r})=>{let{ids:n,sourceValues:i}=t,o=r.device,s=fn("result",e.type,e.size),a=_e(n.type,1),c=_e(e.type,1),l=e.type,u=Yl(i,l,o),f=`#version 300 es

void main() {
  INDEX_TYPE ids[1];
  get_ids(ids);
  TYPE result[${e.size}];
  gather(ids, result);
  set_result(result);
}
  `,d=new ge(o,{vs:f,defines:{INDEX_TYPE:a,TYPE:c,RESULT_LEN:e.size.toString(),SOURCE_VALUES_ROWS:i.length.toString()},modules:[Rk(n,a),Hl(i,e.type,l),Ok(e.type),s],bindings:{source_values_texture:u},bufferLayout:[Bk(n)],vertexCount:1,instanceCount:e.length,feedbackBufferMode:"interleaved",outputs:s.varyings});try{return d.run({inputBuffers:{ids:n.buffer},outputBuffers:{[s.varyings[0]]:r}}),{success:!0}}finally{d.destroy(),u.destroy()}}});var Dk,KE,QE=_(()=>{Ge();Dk=`void row_dot(in TYPE x[X_LEN], in TYPE y[Y_LEN], out float result[1]) {
  float sum = 0.0;
  for (int i = 0; i < X_LEN; i++) {
    sum += float(x[i]) * float(y[i]);
  }
  result[0] = sum;
}
`,KE=({inputs:t,output:e,target:r})=>(ye({module:{name:"row_dot",vs:Dk},inputs:t,output:e,operationType:"float32",outputBuffer:r}),{success:!0})});var Nk,JE,e1=_(()=>{Ge();Nk=`void equalAll(in TYPE x[X_LEN], in TYPE y[Y_LEN], out uint result[1]) {
  uint allEqual = uint(1);
  for (int i = 0; i < X_LEN; i++) {
    if (x[i] != y[i]) {
      allEqual = uint(0);
      break;
    }
  }
  result[0] = allEqual;
}
`,JE=({inputs:t,output:e,target:r})=>(ye({module:{name:"equalAll",vs:Nk},inputs:t,output:e,operationType:e.type==="uint32"?t.x.type:e.type,outputBuffer:r}),{success:!0})});var Fk,t1,r1=_(()=>{Ge();Fk=`void row_length(in TYPE x[X_LEN], out float result[1]) {
  float sum = 0.0;
  for (int i = 0; i < X_LEN; i++) {
    sum += float(x[i]) * float(x[i]);
  }
  result[0] = sqrt(sum);
}
`,t1=({inputs:t,output:e,target:r})=>(ye({module:{name:"row_length",vs:Fk},inputs:t,output:e,operationType:"float32",outputBuffer:r}),{success:!0})});function Uk(){return{name:"segmentedMap",vs:`
uint read_segment_start(int segmentIndex) {
  TYPE value[1];
  read_source_values(segmentIndex, value);
  return uint(value[0]);
}

void segmentedMap(out TYPE result[RESULT_LEN]) {
  uint vertexIndex = uint(gl_InstanceID);
  int low = 0;
  int high = SEGMENTS_LENGTH;

  while (low < high) {
    int mid = low + (high - low) / 2;
    uint midStart = read_segment_start(mid);
    if (midStart <= vertexIndex) {
      low = mid + 1;
    } else {
      high = mid;
    }
  }

  uint segmentIndex = uint(max(low - 1, 0));
  uint segmentStart = read_segment_start(int(segmentIndex));
  result[0] = segmentIndex;
  result[1] = vertexIndex - segmentStart;
}
`}}var n1,i1=_(()=>{ie();Jp();Ge();n1=async({inputs:t,output:e,target:r})=>{let{segments:n}=t,i=r.device,o=fn("result",e.type,e.size),s=n.type,a=Yl(n,s,i),c=new ge(i,{vs:`#version 300 es

void main() {
  TYPE result[RESULT_LEN];
  segmentedMap(result);
  set_result(result);
}
`,defines:{TYPE:"uint",RESULT_LEN:e.size.toString(),SEGMENTS_LENGTH:n.length.toString()},modules:[Hl(n,e.type,s),Uk(),o],bindings:{source_values_texture:a},vertexCount:1,instanceCount:e.length,feedbackBufferMode:"interleaved",outputs:o.varyings});try{return c.run({outputBuffers:{[o.varyings[0]]:r}}),{success:!0}}finally{c.destroy(),a.destroy()}}});function em(t,e,r,n){return r<e.size?`${t}[${r}]`:e.size===1?`${t}[0]`:n}var o1,s1=_(()=>{Ge();mi();o1=async({inputs:t,output:e,target:r})=>{let n=_e(e.type,1,e.normalized),i=gr(n);return ye({module:{name:"select",vs:""},inputs:t,output:e,operationType:e.type,outputBuffer:r,expression:o=>{let s=em("condition",t.condition,o,i),a=em("whenTrue",t.whenTrue,o,i),c=em("whenFalse",t.whenFalse,o,i);return`(${s} != ${i} ? ${a} : ${c})`}}),{success:!0}}});var a1,c1=_(()=>{ie();Ge();a1=({inputs:t,output:e,target:r})=>{let n=fn("result",e.type,e.size),i=new ge(r.device,{vs:`#version 300 es

void main() {
  int result[1];
  result[0] = START + gl_InstanceID * STEP;
  set_result(result);
}
`,defines:{START:t.start.toString(),STEP:t.step.toString()},modules:[n],vertexCount:1,instanceCount:e.length,feedbackBufferMode:"interleaved",outputs:n.varyings});try{return i.run({outputBuffers:{[n.varyings[0]]:r}}),{success:!0}}finally{i.destroy()}}});var l1,u1=_(()=>{Ge();l1=({inputs:t,output:e,target:r})=>{let{columns:n}=t;return ye({module:{name:"swizzle",vs:"// swizzle expression handled inline"},expression:i=>`x[${n[i]}]`,inputs:{x:t.x},output:e,outputBuffer:r}),{success:!0}}});var f1={};Ot(f1,{arithmetic:()=>jl,dot:()=>KE,equalAll:()=>JE,extent:()=>VE,fround:()=>YE,gather:()=>XE,interleave:()=>jE,length:()=>t1,segmentedMap:()=>n1,select:()=>o1,sequence:()=>a1,swizzle:()=>l1});var d1=_(()=>{Qp();WE();HE();qE();ZE();QE();e1();r1();i1();s1();c1();u1()});function Rt(t,e){let r=Gk(e),n=Math.max(1,Math.ceil(t)),i=Math.min(n,r),o=Math.min(Math.ceil(n/i),r),s=Math.ceil(n/i/o);if(s>r)throw new Error(`WebGPU dispatch requires ${n} workgroups, exceeding the 3D dispatch limit of ${r} per dimension`);return{x:i,y:o,z:s}}function tm(t,e="workgroupId"){return`((${e}.z * ${t.y}u + ${e}.y) * ${t.x}u + ${e}.x)`}function _r(t,e,r="workgroupId",n="localId"){return`(${tm(t,r)} * ${e}u + ${n}.x)`}function Gk(t){return Number.isFinite(t)&&t>0?Math.floor(t):65535}var gi=_(()=>{});function yr(t,e){switch(t){case"u32":return`${e}u`;case"f32":return Number.isInteger(e)?`${e}.0`:`${e}`;default:return`${e}`}}function h1(t,e){switch(t){case"uint32":return yr("u32",Math.trunc(e));case"sint32":return`${Math.trunc(e)}`;case"float32":return yr("f32",e);default:throw new Error(`WebGPU operations only support 32-bit output types, got ${t}`)}}function br(t){switch(t){case"uint32":return"0u";case"sint32":return"0";case"float32":return"0.0";default:throw new Error(`WebGPU operations only support 32-bit output types, got ${t}`)}}function j(t){switch(t){case"uint32":return"u32";case"sint32":return"i32";case"float32":return"f32";default:throw new Error(`WebGPU operations only support 32-bit storage types, got ${t}`)}}var dn=_(()=>{});function be({module:t,elementWise:e=!1,expression:r,inputs:n,output:i,operationType:o=i.type,outputBuffer:s}){if(!t.source)throw new Error(`WebGPU computation ${t.name} requires WGSL source`);let a=Xk(n),c=a.map(([x,y])=>({name:x,input:y})),l=c.filter(({input:x})=>!x.isConstant).map((x,y)=>({...x,index:y})),u=j(o),f=j(i.type),d={TYPE:u,RESULT_LEN:i.size.toString()},h=Rt(Math.ceil(i.length/rm),s.device.limits.maxComputeWorkgroupsPerDimension);for(let[x,y]of a)d[`${x.toUpperCase()}_LEN`]=y.size.toString();let p=`
${Kk(t.source,d)}
${l.map(({name:x,input:y,index:w})=>Wk(x,y,w)).join(`
`)}
${c.map(({name:x,input:y})=>jk(x,y,o)).join(`
`)}
${Hk(i,l.length)}
${Yk(i)}

@compute @workgroup_size(${rm}) fn main(
  @builtin(workgroup_id) workgroupId: vec3<u32>,
  @builtin(local_invocation_id) localId: vec3<u32>
) {
  let rowIndex = ${_r(h,rm)};
  if (rowIndex >= ${i.length}u) {
    return;
  }

${c.map(({name:x})=>`  let ${x} = read_${x}(rowIndex);`).join(`
`)}
  var result: array<${f}, ${i.size}>;
${qk(t.name,a,i,e,r)}
  write_result(rowIndex, result);
}
`,g=new Fe(s.device,{source:p,modules:t.dependencies,shaderAssembler:Vk,shaderLayout:{bindings:[...l.map(({name:x},y)=>({name:x,type:"storage",group:0,location:y})),{name:"result",type:"storage",group:0,location:l.length}]}}),m=Object.fromEntries(l.map(({name:x,input:y})=>[x,y.buffer]));m.result=s,g.setBindings(m);let b=s.device.beginComputePass({});s.device.statsManager.getStats($k).get(zk).incrementCount(),g.dispatch(b,h.x,h.y,h.z),b.end(),s.device.submit(),g.destroy()}function Wk(t,e,r){if(e.isConstant)return"";let n=j(e.type);return`@group(0) @binding(${r}) var<storage, read> ${t}: array<${n}>;`}function jk(t,e,r){let n=j(r),i=e.type===r?"":n,o=e.stride/e.ValueType.BYTES_PER_ELEMENT,s=e.offset/e.ValueType.BYTES_PER_ELEMENT;return e.isConstant?`fn read_${t}(_rowIndex: u32) -> array<${n}, ${e.size}> {
  return array<${n}, ${e.size}>(${Zk(e,i)});
}`:`fn read_${t}(rowIndex: u32) -> array<${n}, ${e.size}> {
  var value: array<${n}, ${e.size}>;
  let rowOffset = ${s}u + rowIndex * ${o}u;
${Array.from({length:e.size},(a,c)=>i?`  value[${c}] = ${i}(${t}[rowOffset + ${c}u]);`:`  value[${c}] = ${t}[rowOffset + ${c}u];`).join(`
`)}
  return value;
}`}function Hk(t,e){let r=j(t.type);return`@group(0) @binding(${e}) var<storage, read_write> result: array<${r}>;`}function Yk(t){let e=t.stride/t.ValueType.BYTES_PER_ELEMENT,r=t.offset/t.ValueType.BYTES_PER_ELEMENT;return`fn write_result(rowIndex: u32, value: array<${j(t.type)}, ${t.size}>) {
  let rowOffset = ${r}u + rowIndex * ${e}u;
${Array.from({length:t.size},(i,o)=>`  result[rowOffset + ${o}u] = value[${o}];`).join(`
`)}
}`}function qk(t,e,r,n,i){let o="";if(i)for(let s=0;s<r.size;s++)o+=`  result[${s}] = ${i(s)};
`;else if(n){let s=br(r.type),a=j(r.type);for(let c=0;c<r.size;c++){let l=e.map(([u,f])=>c<f.size?j(f.type)===a?`${u}[${c}]`:`${a}(${u}[${c}])`:s);o+=`  result[${c}] = ${t}(${l.join(", ")});
`}}else o+=`result = ${t}(${e.map(([s])=>s).join(", ")});`;return o.trimEnd()}function Xk(t){return Array.isArray(t)?t.map((e,r)=>[`x${r}`,e]):Object.entries(t)}function Zk(t,e){let r=t.value;if(!r)throw new Error(`Constant input ${t} is missing CPU values`);return Array.from({length:t.size},(n,i)=>yr(e,r[i]??0)).join(", ")}function Kk(t,e){for(let r in e)t=t.replaceAll(`{${r}}`,e[r]);return t}var rm,$k,zk,Vk,qt=_(()=>{ie();Ae();gi();dn();rm=64,$k="GPGPU Operation Counts",zk="Computation Runs",Vk=new or});var Qk,p1,m1=_(()=>{Ae();Xp();zl();qt();dn();Qk=`fn arithmetic_add(x: {TYPE}, y: {TYPE}) -> {TYPE} {
  return x + y;
}

fn arithmetic_subtract(x: {TYPE}, y: {TYPE}) -> {TYPE} {
  return x - y;
}

fn arithmetic_multiply(x: {TYPE}, y: {TYPE}) -> {TYPE} {
  return x * y;
}

fn arithmetic_divide(x: {TYPE}, y: {TYPE}) -> {TYPE} {
  return x / y;
}

fn arithmetic_tan(x: f32) -> f32 {
  return tan_fp32(x);
}
`,p1=({inputs:t,output:e,target:r})=>{let n=e.type,i=j(n),o=br(n),s=t.namedInputs;return be({module:{name:"arithmetic",source:Qk,dependencies:[Hr]},inputs:s,output:e,operationType:n,outputBuffer:r,expression:a=>Vl(t.expression,{operations:hi,inputs:s,laneIndex:a,formatInput:c=>`${c}[${a}]`,formatOutOfBoundsInput:c=>s[c].size===1?`${c}[0]`:o,formatLiteral:c=>{let l=Array.isArray(c)?c[a]??0:c;return`${i}(${h1(n,l)})`},formatCall:(c,l)=>`${c}(${l.join(", ")})`})}),{success:!0}}});var Jk,g1,_1=_(()=>{qt();Jk=`fn row_dot(x: array<{TYPE}, {X_LEN}>, y: array<{TYPE}, {Y_LEN}>) -> array<f32, 1> {
  var sum = 0.0;
  for (var i = 0u; i < {X_LEN}u; i = i + 1u) {
    sum += f32(x[i]) * f32(y[i]);
  }
  return array<f32, 1>(sum);
}
`,g1=({inputs:t,output:e,target:r})=>(be({module:{name:"row_dot",source:Jk},inputs:t,output:e,operationType:"float32",outputBuffer:r}),{success:!0})});var e4,y1,b1=_(()=>{qt();e4=`fn equalAll(x: array<{TYPE}, {X_LEN}>, y: array<{TYPE}, {Y_LEN}>) -> array<u32, 1> {
  var allEqual = 1u;
  for (var i = 0u; i < {X_LEN}u; i = i + 1u) {
    if (x[i] != y[i]) {
      allEqual = 0u;
      break;
    }
  }
  return array<u32, 1>(allEqual);
}
`,y1=({inputs:t,output:e,target:r})=>(be({module:{name:"equalAll",source:e4},inputs:t,output:e,operationType:t.x.type,outputBuffer:r}),{success:!0})});function _i(t,e,r){let n=j(e.type);return`@group(0) @binding(${r}) var<storage, read> ${t}: array<${n}>;`}function nm(t,e,r,n=t){let i=j(r);if(e.isConstant){let l=e.value;if(!l)throw new Error(`Constant input ${e} is missing CPU values`);return`fn read_${n}(_sourceIndex: u32) -> array<${i}, ${e.size}> {
  return array<${i}, ${e.size}>(${Array.from({length:e.size},(u,f)=>yr(i,l[f]??0)).join(", ")});
}`}let o=e.stride/e.ValueType.BYTES_PER_ELEMENT,s=e.offset/e.ValueType.BYTES_PER_ELEMENT,c=j(e.type)===i?"":`${i}`;return`fn read_${n}(sourceIndex: u32) -> array<${i}, ${e.size}> {
  var value: array<${i}, ${e.size}>;
  let rowOffset = ${s}u + sourceIndex * ${o}u;
${Array.from({length:e.size},(l,u)=>c?`  value[${u}] = ${c}(${t}[rowOffset + ${u}u]);`:`  value[${u}] = ${t}[rowOffset + ${u}u];`).join(`
`)}
  return value;
}`}function ql(t,e){return nm("sourceValues",t,e,"source_values")}function yi(t,e){let r=j(t.type);return`@group(0) @binding(${e}) var<storage, read_write> result: array<${r}>;`}function bi(t){let e=t.stride/t.ValueType.BYTES_PER_ELEMENT,r=t.offset/t.ValueType.BYTES_PER_ELEMENT;return`fn write_result(rowIndex: u32, value: array<${j(t.type)}, ${t.size}>) {
  let rowOffset = ${r}u + rowIndex * ${e}u;
${Array.from({length:t.size},(i,o)=>`  result[rowOffset + ${o}u] = value[${o}];`).join(`
`)}
}`}function x1(t,e){let r=br(t);return`fn zero_result() -> array<${j(t)}, ${e}> {
  var result: array<${j(t)}, ${e}>;
${Array.from({length:e},(n,i)=>`  result[${i}] = ${r};`).join(`
`)}
  return result;
}`}var Le,Xl=_(()=>{dn();Le=64});function t4({input:t,inputMode:e,inputGroupCount:r,channelCount:n,outputType:i,outputBuffer:o,outputLength:s,outputStride:a,outputOffset:c}){let l=j(i),u=Rt(s,o.device.limits.maxComputeWorkgroupsPerDimension),f=new z({buffer:o,type:i,size:2,length:s,stride:a,offset:c}),d=`
${t.isConstant?"":_i("sourceValues",t,0)}
${ql(t,i)}
${yi(f,t.isConstant?0:1)}
${bi(f)}
${r4(e,i,n,r)}

var<workgroup> sharedMin: array<${l}, ${Le}>;
var<workgroup> sharedMax: array<${l}, ${Le}>;

@compute @workgroup_size(${Le}) fn main(
  @builtin(workgroup_id) workgroupId: vec3<u32>,
  @builtin(local_invocation_id) localId: vec3<u32>
) {
  let outputRowIndex = ${tm(u)};
  if (outputRowIndex >= ${s}u) {
    return;
  }

  let channelIndex = outputRowIndex % ${n}u;
  let outputGroupIndex = outputRowIndex / ${n}u;
  let inputGroupIndex = outputGroupIndex * ${Le}u + localId.x;

  let result = extent_pass(channelIndex, inputGroupIndex);
  sharedMin[localId.x] = result[0];
  sharedMax[localId.x] = result[1];
  workgroupBarrier();

  var stride = ${Math.floor(Le/2)}u;
  loop {
    if (stride == 0u) {
      break;
    }
    if (localId.x < stride) {
      let compareIndex = localId.x + stride;
      if (sharedMin[compareIndex] < sharedMin[localId.x]) {
        sharedMin[localId.x] = sharedMin[compareIndex];
      }
      if (sharedMax[compareIndex] > sharedMax[localId.x]) {
        sharedMax[localId.x] = sharedMax[compareIndex];
      }
    }
    workgroupBarrier();
    stride = stride / 2u;
  }

  if (localId.x == 0u) {
    write_result(outputRowIndex, array<${l}, 2>(sharedMin[0], sharedMax[0]));
  }
}
`,h=new Fe(o.device,{source:d,shaderLayout:{bindings:[...t.isConstant?[]:[{name:"sourceValues",type:"storage",group:0,location:0}],{name:"result",type:"storage",group:0,location:t.isConstant?0:1}]}}),p={result:o};t.isConstant||(p.sourceValues=t.buffer),h.setBindings(p);let g=o.device.beginComputePass({});h.dispatch(g,u.x,u.y,u.z),g.end(),o.device.submit(),h.destroy()}function r4(t,e,r,n){let i=j(e),[o,s]=n4(e);return t==="raw"?`fn extent_pass(channelIndex: u32, inputGroupIndex: u32) -> array<${i}, 2> {
  var result: array<${i}, 2>;
  result[0] = ${o};
  result[1] = ${s};

  if (inputGroupIndex < ${n}u) {
    let value = read_source_values(inputGroupIndex);
    result[0] = value[channelIndex];
    result[1] = value[channelIndex];
  }

  return result;
}`:`fn extent_pass(channelIndex: u32, inputGroupIndex: u32) -> array<${i}, 2> {
  var result: array<${i}, 2>;
  result[0] = ${o};
  result[1] = ${s};

  if (inputGroupIndex < ${n}u) {
    let rowIndex = inputGroupIndex * ${r}u + channelIndex;
    let value = read_source_values(rowIndex);
    result[0] = value[0];
    result[1] = value[1];
  }

  return result;
}`}function n4(t){switch(t){case"uint32":return["0xffffffffu","0u"];case"sint32":return["2147483647","-2147483648"];case"float32":return["3.402823e38","-3.402823e38"];default:throw new Error(`Unsupported WebGPU extent type for ${t}`)}}var w1,v1=_(()=>{ie();Yt();As();gi();dn();Xl();w1=({inputs:t,output:e,target:r})=>{let{sourceValues:n}=t;if(n.length===0){let c=new e.ValueType(e.length*e.size);return r.write(c),{success:!0,value:c}}if(n.isConstant){let c=n.value;if(!c)throw new Error(`Constant input ${n} is missing CPU values`);let l=new e.ValueType(e.length*e.size);for(let u=0;u<e.length;u++){let f=c[u];l[u*2]=f,l[u*2+1]=f}return r.write(l),{success:!0,value:l}}let i=[],o=n,s="raw",a=n.length;try{for(;;){let c=Math.ceil(a/Le),l=e.length*c,u=c===1?r:Pe.createOrReuse(r.device,l*e.stride);if(c>1&&i.push(u),t4({input:o,inputMode:s,inputGroupCount:a,channelCount:e.length,outputType:e.type,outputBuffer:u,outputLength:l,outputStride:e.stride,outputOffset:e.offset}),c===1)break;o=new z({buffer:u,type:e.type,size:2,length:l}),s="partial",a=c}return{success:!0}}finally{for(let c of i)Pe.recycle(c)}}});function i4(){let t=new Uint16Array([255]);return new Uint8Array(t.buffer)[0]>0}var o4,E1,S1=_(()=>{qt();o4=`const LE: bool = ${i4()?"true":"false"};
const F32_NAN: u32 = 0xffffffffu;
const F32_INF: u32 = 0x7f800000u;

fn roundShiftRight(value: u32, shift: i32) -> u32 {
  if (shift <= 0) {
    return value << u32(-shift);
  }

  if (shift >= 32) {
    if (shift == 32 && value > 0x80000000u) {
      return 1u;
    }
    return 0u;
  }

  let shiftU32 = u32(shift);
  let truncated = value >> shiftU32;
  let halfShift = 1u << u32(shift - 1);
  let remainder = value & ((1u << shiftU32) - 1u);
  if (remainder > halfShift || (remainder == halfShift && (truncated & 1u) == 1u)) {
    return truncated + 1u;
  }
  return truncated;
}

fn makeFloatImmediate(sign: u32, exponent: i32, mantissa: u32) -> u32 {
  return (sign << 31u) | (u32(exponent + 127) << 23u) | (mantissa & 0x7fffffu);
}

fn makeFloat(sign: u32, exponent: i32, significand: u32) -> u32 {
  if (significand == 0u) {
    return sign << 31u;
  }

  let leadingZeros = i32(countLeadingZeros(significand));
  var normalizedExponent = exponent + 31 - leadingZeros;

  if (normalizedExponent > 127) {
    return (sign << 31u) | F32_INF;
  }

  var mantissa: u32;
  if (normalizedExponent >= -126) {
    mantissa = roundShiftRight(significand, 8 - leadingZeros);
    if (mantissa >= 0x1000000u) {
      mantissa = mantissa >> 1u;
      normalizedExponent += 1;
      if (normalizedExponent > 127) {
        return (sign << 31u) | F32_INF;
      }
    }
    return makeFloatImmediate(sign, normalizedExponent, mantissa);
  }

  let subnormalShift = -149 - exponent;
  mantissa = roundShiftRight(significand, subnormalShift);
  if (mantissa >= 0x800000u) {
    return (sign << 31u) | (1u << 23u);
  }
  return (sign << 31u) | mantissa;
}

fn parseAsDouble(words: vec2<u32>) -> vec2<u32> {
  var d = words;
  if (LE) {
    d = d.yx;
  }

  let sign = (d.x >> 31u) & 1u;
  let exponentBits = (d.x >> 20u) & 0x7ffu;
  let exponent = i32(exponentBits) - 1023;
  let fractionHigh = d.x & 0xfffffu;
  let fractionLow = d.y;

  if (exponentBits == 0x7ffu) {
    if (fractionHigh == 0u && fractionLow == 0u) {
      return vec2<u32>((sign << 31u) | F32_INF, F32_NAN);
    }
    return vec2<u32>(F32_NAN);
  }

  if (exponentBits == 0u) {
    return vec2<u32>(sign << 31u);
  }

  if (exponent > 127) {
    return vec2<u32>((sign << 31u) | F32_INF, ((1u - sign) << 31u) | F32_INF);
  }

  let highSignificand = 0x800000u | (fractionHigh << 3u) | (fractionLow >> 29u);
  let lowSignificand = fractionLow & 0x1fffffffu;

  if (exponent < -126) {
    let highPart = makeFloat(sign, exponent - 23, highSignificand);
    let lowPart = makeFloat(sign, exponent - 52, lowSignificand);
    return vec2<u32>(highPart, lowPart);
  }

  let roundUp = lowSignificand > 0x10000000u ||
    (lowSignificand == 0x10000000u && (highSignificand & 1u) == 1u);

  var roundedSignificand = highSignificand + select(0u, 1u, roundUp);
  var highExponent = exponent;
  if (roundedSignificand == 0x1000000u) {
    roundedSignificand = 0x800000u;
    highExponent += 1;
  }

  if (highExponent > 127) {
    return vec2<u32>((sign << 31u) | F32_INF, ((1u - sign) << 31u) | F32_INF);
  }

  let highPart = makeFloatImmediate(sign, highExponent, roundedSignificand);

  var remainder = i32(lowSignificand);
  var lowSign = sign;
  if (roundUp) {
    remainder -= 0x20000000;
  }
  if (remainder < 0) {
    lowSign = 1u - sign;
    remainder = -remainder;
  }

  let lowPart = makeFloat(lowSign, exponent - 52, u32(remainder));
  return vec2<u32>(highPart, lowPart);
}

fn fround(x: array<u32, {X_LEN}>) -> array<f32, {RESULT_LEN}> {
  var result: array<f32, {RESULT_LEN}>;
  let n = {X_LEN}u / 2u;
  for (var i = 0u; i < n; i = i + 1u) {
    let parts = parseAsDouble(vec2<u32>(x[i * 2u], x[i * 2u + 1u]));
    result[i] = bitcast<f32>(parts.x);
    result[i + n] = bitcast<f32>(parts.y);
  }
  return result;
}
`,E1=({inputs:t,output:e,target:r})=>(be({module:{name:"fround",source:o4},inputs:t,output:e,operationType:"uint32",outputBuffer:r}),{success:!0})});function s4(t,e){if(t.isConstant){let i=t.value;if(!i)throw new Error(`Constant input ${t} is missing CPU values`);return`fn read_ids(_rowIndex: u32) -> ${e} {
  return ${yr(e,i[0]??0)};
}`}let r=t.stride/t.ValueType.BYTES_PER_ELEMENT,n=t.offset/t.ValueType.BYTES_PER_ELEMENT;return`fn read_ids(rowIndex: u32) -> ${e} {
  let rowOffset = ${n}u + rowIndex * ${r}u;
  return ids[rowOffset];
}`}function a4(t,e,r,n){let i=j(t),o=j(e);return`fn gather(idsValue: ${i}) -> array<${o}, ${r}> {
  let sourceIndex = ${i==="u32"?"i32(idsValue)":i==="i32"?"idsValue":"i32(idsValue)"};
  if (sourceIndex < 0 || sourceIndex >= ${n}) {
    return zero_result();
  }
  return read_source_values(u32(sourceIndex));
}`}var T1,P1=_(()=>{ie();gi();dn();Xl();T1=async({inputs:t,output:e,target:r})=>{let{ids:n,sourceValues:i}=t,o=j(n.type),s=[];n.isConstant||s.push({name:"ids",input:n,index:s.length}),i.isConstant||s.push({name:"sourceValues",input:i,index:s.length});let a=Rt(Math.ceil(e.length/Le),r.device.limits.maxComputeWorkgroupsPerDimension),c=`
${s.map(({name:d,input:h,index:p})=>_i(d,h,p)).join(`
`)}
${s4(n,o)}
${ql(i,e.type)}
${yi(e,s.length)}
${bi(e)}
${x1(e.type,e.size)}
${a4(n.type,e.type,e.size,i.length)}

@compute @workgroup_size(${Le}) fn main(
  @builtin(workgroup_id) workgroupId: vec3<u32>,
  @builtin(local_invocation_id) localId: vec3<u32>
) {
  let rowIndex = ${_r(a,Le)};
  if (rowIndex >= ${e.length}u) {
    return;
  }

  let idsValue = read_ids(rowIndex);
  let result = gather(idsValue);
  write_result(rowIndex, result);
}
`,l=new Fe(r.device,{source:c,shaderLayout:{bindings:[...s.map(({name:d,index:h})=>({name:d,type:"storage",group:0,location:h})),{name:"result",type:"storage",group:0,location:s.length}]}}),u={};n.isConstant||(u.ids=n.buffer),i.isConstant||(u.sourceValues=i.buffer),u.result=r,l.setBindings(u);let f=r.device.beginComputePass({});return l.dispatch(f,a.x,a.y,a.z),f.end(),r.device.submit(),l.destroy(),{success:!0}}});function c4(t){return`fn segmented_map(vertexIndex: u32) -> array<u32, 2> {
  var low = 0i;
  var high = ${t}i;
  while (low < high) {
    let mid = low + (high - low) / 2i;
    let midStart = read_segments(u32(mid))[0];
    if (midStart <= vertexIndex) {
      low = mid + 1i;
    } else {
      high = mid;
    }
  }

  let segmentIndex = u32(max(low - 1i, 0i));
  let segmentStart = read_segments(segmentIndex)[0];
  return array<u32, 2>(segmentIndex, vertexIndex - segmentStart);
}`}var L1,A1=_(()=>{ie();gi();Xl();L1=async({inputs:t,output:e,target:r})=>{let{segments:n}=t,i=n.isConstant?[]:[{name:"segments",input:n,index:0}],o=Rt(Math.ceil(e.length/Le),r.device.limits.maxComputeWorkgroupsPerDimension),s=`
${i.map(({name:u,input:f,index:d})=>_i(u,f,d)).join(`
`)}
${nm("segments",n,"uint32")}
${yi(e,i.length)}
${bi(e)}
${c4(n.length)}

@compute @workgroup_size(${Le}) fn main(
  @builtin(workgroup_id) workgroupId: vec3<u32>,
  @builtin(local_invocation_id) localId: vec3<u32>
) {
  let rowIndex = ${_r(o,Le)};
  if (rowIndex >= ${e.length}u) {
    return;
  }

  let result = segmented_map(rowIndex);
  write_result(rowIndex, result);
}
`,a=new Fe(r.device,{source:s,shaderLayout:{bindings:[...i.map(({name:u,index:f})=>({name:u,type:"storage",group:0,location:f})),{name:"result",type:"storage",group:0,location:i.length}]}}),c=Object.fromEntries(i.map(({name:u,input:f})=>[u,f.buffer]));c.result=r,a.setBindings(c);let l=r.device.beginComputePass({});return a.dispatch(l,o.x,o.y,o.z),l.end(),r.device.submit(),a.destroy(),{success:!0}}});function l4(t,e){let n=e.filter(([,i])=>!i.isConstant).length+1;if(n>t.maxStorageBuffersPerShaderStage)throw new Error(`interleave() requires ${n} storage buffers, exceeding device limit ${t.maxStorageBuffersPerShaderStage}`);if(n>t.maxBindingsPerBindGroup)throw new Error(`interleave() requires ${n} bindings, exceeding bind group limit ${t.maxBindingsPerBindGroup}`)}var Zl,C1=_(()=>{qt();Zl=({inputs:t,output:e,target:r})=>{let n=t.map((c,l)=>[`x${l}`,c]);l4(r.device.limits,n);let i=n.map(([c,l])=>`${c}: array<{TYPE}, ${l.size}>`).join(", "),o=0,s=n.map(([c,l])=>{let u=Array.from({length:l.size},(f,d)=>`  out[${o+d}] = ${c}[${d}];`).join(`
`);return o+=l.size,u}).join(`
`),a=`fn interleave(${i}) -> array<{TYPE}, {RESULT_LEN}> {
  var out: array<{TYPE}, {RESULT_LEN}>;
${s}
  return out;
}
`;return be({module:{name:"interleave",source:a},inputs:t,output:e,outputBuffer:r}),{success:!0}}});var u4,M1,I1=_(()=>{qt();u4=`fn row_length(x: array<{TYPE}, {X_LEN}>) -> array<f32, 1> {
  var sum = 0.0;
  for (var i = 0u; i < {X_LEN}u; i = i + 1u) {
    sum += f32(x[i]) * f32(x[i]);
  }
  return array<f32, 1>(sqrt(sum));
}
`,M1=({inputs:t,output:e,target:r})=>(be({module:{name:"row_length",source:u4},inputs:t,output:e,operationType:"float32",outputBuffer:r}),{success:!0})});function im(t,e,r,n){return r<e.size?`${t}[${r}]`:e.size===1?`${t}[0]`:n}var R1,B1=_(()=>{qt();dn();R1=async({inputs:t,output:e,target:r})=>{let n=br(e.type);return be({module:{name:"select",source:`// inline expression select
`},inputs:t,output:e,operationType:e.type,outputBuffer:r,expression:i=>{let o=im("condition",t.condition,i,n),s=im("whenTrue",t.whenTrue,i,n);return`select(${im("whenFalse",t.whenFalse,i,n)}, ${s}, ${o} != ${n})`}}),{success:!0}}});var om,O1,k1=_(()=>{ie();gi();om=64,O1=({inputs:t,output:e,target:r})=>{let n=Rt(Math.ceil(e.length/om),r.device.limits.maxComputeWorkgroupsPerDimension),i=`@group(0) @binding(0) var<storage, read_write> result: array<i32>;

@compute @workgroup_size(${om}) fn main(
  @builtin(workgroup_id) workgroupId: vec3<u32>,
  @builtin(local_invocation_id) localId: vec3<u32>
) {
  let rowIndex = ${_r(n,om)};
  if (rowIndex >= ${e.length}u) {
    return;
  }

  let rowOffset = ${e.offset/e.ValueType.BYTES_PER_ELEMENT}u + rowIndex * ${e.stride/e.ValueType.BYTES_PER_ELEMENT}u;
  result[rowOffset] = ${t.start} + i32(rowIndex) * ${t.step};
}
`,o=new Fe(r.device,{source:i,shaderLayout:{bindings:[{name:"result",type:"storage",group:0,location:0}]}});o.setBindings({result:r});let s=r.device.beginComputePass({});return o.dispatch(s,n.x,n.y,n.z),s.end(),r.device.submit(),o.destroy(),{success:!0}}});var D1,N1=_(()=>{qt();D1=({inputs:t,output:e,target:r})=>{let{columns:n}=t;return be({module:{name:"swizzle",source:"// swizzle expression handled inline"},expression:i=>`x[${n[i]}]`,inputs:{x:t.x},output:e,outputBuffer:r}),{success:!0}}});var F1={};Ot(F1,{arithmetic:()=>p1,dot:()=>g1,equalAll:()=>y1,extent:()=>w1,fround:()=>E1,gather:()=>T1,interleave:()=>Zl,length:()=>M1,segmentedMap:()=>L1,select:()=>R1,sequence:()=>O1,swizzle:()=>D1});var sm=_(()=>{m1();_1();b1();v1();S1();P1();A1();C1();I1();B1();k1();N1()});var b2=hS((oce,Cm)=>{"use strict";Cm.exports=du;Cm.exports.default=du;function du(t,e,r){r=r||2;var n=e&&e.length,i=n?e[0]*r:t.length,o=g2(t,0,i,r,!0),s=[];if(!o||o.next===o.prev)return s;var a,c,l,u,f,d,h;if(n&&(o=OD(t,e,o,r)),t.length>80*r){a=l=t[0],c=u=t[1];for(var p=r;p<i;p+=r)f=t[p],d=t[p+1],f<a&&(a=f),d<c&&(c=d),f>l&&(l=f),d>u&&(u=d);h=Math.max(l-a,u-c),h=h!==0?32767/h:0}return qs(o,s,r,a,c,h,0),s}function g2(t,e,r,n,i){var o,s;if(i===Am(t,e,r,n)>0)for(o=e;o<r;o+=n)s=m2(o,t[o],t[o+1],s);else for(o=r-n;o>=e;o-=n)s=m2(o,t[o],t[o+1],s);return s&&hu(s,s.next)&&(Zs(s),s=s.next),s}function pn(t,e){if(!t)return t;e||(e=t);var r=t,n;do if(n=!1,!r.steiner&&(hu(r,r.next)||q(r.prev,r,r.next)===0)){if(Zs(r),r=e=r.prev,r===r.next)break;n=!0}else r=r.next;while(n||r!==e);return e}function qs(t,e,r,n,i,o,s){if(t){!s&&o&&UD(t,n,i,o);for(var a=t,c,l;t.prev!==t.next;){if(c=t.prev,l=t.next,o?ID(t,n,i,o):MD(t)){e.push(c.i/r|0),e.push(t.i/r|0),e.push(l.i/r|0),Zs(t),t=l.next,a=l.next;continue}if(t=l,t===a){s?s===1?(t=RD(pn(t),e,r),qs(t,e,r,n,i,o,2)):s===2&&BD(t,e,r,n,i,o):qs(pn(t),e,r,n,i,o,1);break}}}}function MD(t){var e=t.prev,r=t,n=t.next;if(q(e,r,n)>=0)return!1;for(var i=e.x,o=r.x,s=n.x,a=e.y,c=r.y,l=n.y,u=i<o?i<s?i:s:o<s?o:s,f=a<c?a<l?a:l:c<l?c:l,d=i>o?i>s?i:s:o>s?o:s,h=a>c?a>l?a:l:c>l?c:l,p=n.next;p!==e;){if(p.x>=u&&p.x<=d&&p.y>=f&&p.y<=h&&Ti(i,a,o,c,s,l,p.x,p.y)&&q(p.prev,p,p.next)>=0)return!1;p=p.next}return!0}function ID(t,e,r,n){var i=t.prev,o=t,s=t.next;if(q(i,o,s)>=0)return!1;for(var a=i.x,c=o.x,l=s.x,u=i.y,f=o.y,d=s.y,h=a<c?a<l?a:l:c<l?c:l,p=u<f?u<d?u:d:f<d?f:d,g=a>c?a>l?a:l:c>l?c:l,m=u>f?u>d?u:d:f>d?f:d,b=Pm(h,p,e,r,n),x=Pm(g,m,e,r,n),y=t.prevZ,w=t.nextZ;y&&y.z>=b&&w&&w.z<=x;){if(y.x>=h&&y.x<=g&&y.y>=p&&y.y<=m&&y!==i&&y!==s&&Ti(a,u,c,f,l,d,y.x,y.y)&&q(y.prev,y,y.next)>=0||(y=y.prevZ,w.x>=h&&w.x<=g&&w.y>=p&&w.y<=m&&w!==i&&w!==s&&Ti(a,u,c,f,l,d,w.x,w.y)&&q(w.prev,w,w.next)>=0))return!1;w=w.nextZ}for(;y&&y.z>=b;){if(y.x>=h&&y.x<=g&&y.y>=p&&y.y<=m&&y!==i&&y!==s&&Ti(a,u,c,f,l,d,y.x,y.y)&&q(y.prev,y,y.next)>=0)return!1;y=y.prevZ}for(;w&&w.z<=x;){if(w.x>=h&&w.x<=g&&w.y>=p&&w.y<=m&&w!==i&&w!==s&&Ti(a,u,c,f,l,d,w.x,w.y)&&q(w.prev,w,w.next)>=0)return!1;w=w.nextZ}return!0}function RD(t,e,r){var n=t;do{var i=n.prev,o=n.next.next;!hu(i,o)&&_2(i,n,n.next,o)&&Xs(i,o)&&Xs(o,i)&&(e.push(i.i/r|0),e.push(n.i/r|0),e.push(o.i/r|0),Zs(n),Zs(n.next),n=t=o),n=n.next}while(n!==t);return pn(n)}function BD(t,e,r,n,i,o){var s=t;do{for(var a=s.next.next;a!==s.prev;){if(s.i!==a.i&&zD(s,a)){var c=y2(s,a);s=pn(s,s.next),c=pn(c,c.next),qs(s,e,r,n,i,o,0),qs(c,e,r,n,i,o,0);return}a=a.next}s=s.next}while(s!==t)}function OD(t,e,r,n){var i=[],o,s,a,c,l;for(o=0,s=e.length;o<s;o++)a=e[o]*n,c=o<s-1?e[o+1]*n:t.length,l=g2(t,a,c,n,!1),l===l.next&&(l.steiner=!0),i.push($D(l));for(i.sort(kD),o=0;o<i.length;o++)r=DD(i[o],r);return r}function kD(t,e){return t.x-e.x}function DD(t,e){var r=ND(t,e);if(!r)return e;var n=y2(r,t);return pn(n,n.next),pn(r,r.next)}function ND(t,e){var r=e,n=t.x,i=t.y,o=-1/0,s;do{if(i<=r.y&&i>=r.next.y&&r.next.y!==r.y){var a=r.x+(i-r.y)*(r.next.x-r.x)/(r.next.y-r.y);if(a<=n&&a>o&&(o=a,s=r.x<r.next.x?r:r.next,a===n))return s}r=r.next}while(r!==e);if(!s)return null;var c=s,l=s.x,u=s.y,f=1/0,d;r=s;do n>=r.x&&r.x>=l&&n!==r.x&&Ti(i<u?n:o,i,l,u,i<u?o:n,i,r.x,r.y)&&(d=Math.abs(i-r.y)/(n-r.x),Xs(r,t)&&(d<f||d===f&&(r.x>s.x||r.x===s.x&&FD(s,r)))&&(s=r,f=d)),r=r.next;while(r!==c);return s}function FD(t,e){return q(t.prev,t,e.prev)<0&&q(e.next,t,t.next)<0}function UD(t,e,r,n){var i=t;do i.z===0&&(i.z=Pm(i.x,i.y,e,r,n)),i.prevZ=i.prev,i.nextZ=i.next,i=i.next;while(i!==t);i.prevZ.nextZ=null,i.prevZ=null,GD(i)}function GD(t){var e,r,n,i,o,s,a,c,l=1;do{for(r=t,t=null,o=null,s=0;r;){for(s++,n=r,a=0,e=0;e<l&&(a++,n=n.nextZ,!!n);e++);for(c=l;a>0||c>0&&n;)a!==0&&(c===0||!n||r.z<=n.z)?(i=r,r=r.nextZ,a--):(i=n,n=n.nextZ,c--),o?o.nextZ=i:t=i,i.prevZ=o,o=i;r=n}o.nextZ=null,l*=2}while(s>1);return t}function Pm(t,e,r,n,i){return t=(t-r)*i|0,e=(e-n)*i|0,t=(t|t<<8)&16711935,t=(t|t<<4)&252645135,t=(t|t<<2)&858993459,t=(t|t<<1)&1431655765,e=(e|e<<8)&16711935,e=(e|e<<4)&252645135,e=(e|e<<2)&858993459,e=(e|e<<1)&1431655765,t|e<<1}function $D(t){var e=t,r=t;do(e.x<r.x||e.x===r.x&&e.y<r.y)&&(r=e),e=e.next;while(e!==t);return r}function Ti(t,e,r,n,i,o,s,a){return(i-s)*(e-a)>=(t-s)*(o-a)&&(t-s)*(n-a)>=(r-s)*(e-a)&&(r-s)*(o-a)>=(i-s)*(n-a)}function zD(t,e){return t.next.i!==e.i&&t.prev.i!==e.i&&!VD(t,e)&&(Xs(t,e)&&Xs(e,t)&&WD(t,e)&&(q(t.prev,t,e.prev)||q(t,e.prev,e))||hu(t,e)&&q(t.prev,t,t.next)>0&&q(e.prev,e,e.next)>0)}function q(t,e,r){return(e.y-t.y)*(r.x-e.x)-(e.x-t.x)*(r.y-e.y)}function hu(t,e){return t.x===e.x&&t.y===e.y}function _2(t,e,r,n){var i=fu(q(t,e,r)),o=fu(q(t,e,n)),s=fu(q(r,n,t)),a=fu(q(r,n,e));return!!(i!==o&&s!==a||i===0&&uu(t,r,e)||o===0&&uu(t,n,e)||s===0&&uu(r,t,n)||a===0&&uu(r,e,n))}function uu(t,e,r){return e.x<=Math.max(t.x,r.x)&&e.x>=Math.min(t.x,r.x)&&e.y<=Math.max(t.y,r.y)&&e.y>=Math.min(t.y,r.y)}function fu(t){return t>0?1:t<0?-1:0}function VD(t,e){var r=t;do{if(r.i!==t.i&&r.next.i!==t.i&&r.i!==e.i&&r.next.i!==e.i&&_2(r,r.next,t,e))return!0;r=r.next}while(r!==t);return!1}function Xs(t,e){return q(t.prev,t,t.next)<0?q(t,e,t.next)>=0&&q(t,t.prev,e)>=0:q(t,e,t.prev)<0||q(t,t.next,e)<0}function WD(t,e){var r=t,n=!1,i=(t.x+e.x)/2,o=(t.y+e.y)/2;do r.y>o!=r.next.y>o&&r.next.y!==r.y&&i<(r.next.x-r.x)*(o-r.y)/(r.next.y-r.y)+r.x&&(n=!n),r=r.next;while(r!==t);return n}function y2(t,e){var r=new Lm(t.i,t.x,t.y),n=new Lm(e.i,e.x,e.y),i=t.next,o=e.prev;return t.next=e,e.prev=t,r.next=i,i.prev=r,n.next=r,r.prev=n,o.next=n,n.prev=o,n}function m2(t,e,r,n){var i=new Lm(t,e,r);return n?(i.next=n.next,i.prev=n,n.next.prev=i,n.next=i):(i.prev=i,i.next=i),i}function Zs(t){t.next.prev=t.prev,t.prev.next=t.next,t.prevZ&&(t.prevZ.nextZ=t.nextZ),t.nextZ&&(t.nextZ.prevZ=t.prevZ)}function Lm(t,e,r){this.i=t,this.x=e,this.y=r,this.prev=null,this.next=null,this.z=0,this.prevZ=null,this.nextZ=null,this.steiner=!1}du.deviation=function(t,e,r,n){var i=e&&e.length,o=i?e[0]*r:t.length,s=Math.abs(Am(t,0,o,r));if(i)for(var a=0,c=e.length;a<c;a++){var l=e[a]*r,u=a<c-1?e[a+1]*r:t.length;s-=Math.abs(Am(t,l,u,r))}var f=0;for(a=0;a<n.length;a+=3){var d=n[a]*r,h=n[a+1]*r,p=n[a+2]*r;f+=Math.abs((t[d]-t[p])*(t[h+1]-t[d+1])-(t[d]-t[h])*(t[p+1]-t[d+1]))}return s===0&&f===0?0:Math.abs((f-s)/s)};function Am(t,e,r,n){for(var i=0,o=e,s=r-n;o<r;o+=n)i+=(t[s]-t[o])*(t[o+1]+t[s+1]),s=o;return i}du.flatten=function(t){for(var e=t[0][0].length,r={vertices:[],holes:[],dimensions:e},n=0,i=0;i<t.length;i++){for(var o=0;o<t[i].length;o++)for(var s=0;s<e;s++)r.vertices.push(t[i][o][s]);i>0&&(n+=t[i-1].length,r.holes.push(n))}return r}});function Fm(){return(location.hash.slice(1)||navigator.language||"en").toLowerCase().startsWith("fr")?"fr":"en"}function Tu(t){document.documentElement.lang=t;for(let[e,r]of[["label","aria-label"],["title","title"]])for(let n of document.querySelectorAll(`[data-${e}-en]`))n.setAttribute(r,n.getAttribute(`data-${e}-${t}`));for(let e of document.querySelectorAll("[data-language]"))e.setAttribute("aria-pressed",String(e.dataset.language===t))}function ee(t,e,r=0,n=!1){if(t==null)return"–";let[i,o]=Math.abs(t).toFixed(r).split("."),s=i.replace(/(\d)(?=(\d{3})+$)/g,"$1 "),a=Number(t.toFixed(r));return(a<0?"−":n&&a>0?"+":"")+s+(o?(e==="fr"?",":".")+o:"")}function Um(t,e){return`${ee(100*t,e)} %`}function $m(t){for(let e of document.querySelectorAll(".step")){let r=Number(e.dataset.step);e.addEventListener("click",()=>t.set({step:t.get().step===r?null:r,proposal:null}))}document.getElementById("hour-price")?.addEventListener("input",()=>Gm(t.get().language)),t.subscribe(({step:e,language:r},n)=>{e!==n.step&&gS(e),r!==n.language&&Gm(r)})}function gS(t){for(let e of document.querySelectorAll(".step")){let r=Number(e.dataset.step)===t;e.setAttribute("aria-pressed",String(r)),e.closest("tr").classList.toggle("chosen",r)}for(let e of document.querySelectorAll("[data-step-mark]"))e.classList.toggle("chosen",Number(e.dataset.stepMark)===t);for(let e of document.querySelectorAll("[data-step-changes]"))e.open=Number(e.dataset.stepChanges)===t}function Gm(t){let e=document.getElementById("hour-price");if(!e)return;let r=Number.parseFloat(e.value);document.getElementById("budget-table").classList.toggle("has-price",Number.isFinite(r));for(let n of document.querySelectorAll(".priced")){let i=Number.isFinite(r)&&n.dataset.hours?r*Number(n.dataset.hours):null;n.textContent=ee(i,t,0,!0)}}function Xt(t,e){if(!t)throw new Error(e||"loader assertion failed.")}var ut={self:typeof self<"u"&&self,window:typeof window<"u"&&window,global:typeof global<"u"&&global,document:typeof document<"u"&&document},_S=ut.self||ut.window||ut.global||{},yS=ut.window||ut.self||ut.global||{},bS=ut.global||ut.self||ut.window||{},xS=ut.document||{};var wr=!!(typeof process!="object"||String(process)!=="[object process]"||process.browser);var zm=typeof process<"u"&&process.version&&/v([0-9]*)/.exec(process.version),wS=zm&&parseFloat(zm[1])||0;Bi();var Du="4.5.4",CS=Du[0]>="0"&&Du[0]<="9"?`v${Du}`:"";function MS(){let t=new we({id:"loaders.gl"});return globalThis.loaders||={},globalThis.loaders.log=t,globalThis.loaders.version=CS,globalThis.probe||={},globalThis.probe.loaders=t,t}var Nu=MS();var IS=t=>typeof t=="boolean",dt=t=>typeof t=="function",ht=t=>t!==null&&typeof t=="object",aa=t=>ht(t)&&t.constructor==={}.constructor;var Fu=t=>typeof SharedArrayBuffer<"u"&&t instanceof SharedArrayBuffer,yn=t=>ht(t)&&typeof t.byteLength=="number"&&typeof t.slice=="function";var Uu=t=>!!t&&dt(t[Symbol.iterator]),Gu=t=>!!t&&dt(t[Symbol.asyncIterator]);var Oe=t=>typeof Response<"u"&&t instanceof Response||ht(t)&&dt(t.arrayBuffer)&&dt(t.text)&&dt(t.json);var ke=t=>typeof Blob<"u"&&t instanceof Blob;var ig=t=>typeof ReadableStream<"u"&&t instanceof ReadableStream||ht(t)&&dt(t.tee)&&dt(t.cancel)&&dt(t.getReader);var og=t=>ht(t)&&dt(t.read)&&dt(t.pipe)&&IS(t.readable),Oi=t=>ig(t)||og(t);function $u(t,e){return sg(t||{},e)}function sg(t,e,r=0){if(r>3)return e;let n={...t};for(let[i,o]of Object.entries(e))o&&typeof o=="object"&&!Array.isArray(o)?n[i]=sg(n[i]||{},e[i],r+1):n[i]=e[i];return n}var ag="latest";function RS(){return globalThis._loadersgl_?.version||(globalThis._loadersgl_=globalThis._loadersgl_||{},globalThis._loadersgl_.version="4.5.4"),globalThis._loadersgl_.version}var cg=RS();function ve(t,e){if(!t)throw new Error(e||"loaders.gl assertion failed.")}var pt={self:typeof self<"u"&&self,window:typeof window<"u"&&window,global:typeof global<"u"&&global,document:typeof document<"u"&&document},uF=pt.self||pt.window||pt.global||{},fF=pt.window||pt.self||pt.global||{},dF=pt.global||pt.self||pt.window||{},hF=pt.document||{};var $e=typeof process!="object"||String(process)!=="[object process]"||process.browser;var ug=typeof window<"u"&&typeof window.orientation<"u",lg=typeof process<"u"&&process.version&&/v([0-9]*)/.exec(process.version),pF=lg&&parseFloat(lg[1])||0;var ki=class{name;workerThread;isRunning=!0;result;_resolve=()=>{};_reject=()=>{};constructor(e,r){this.name=e,this.workerThread=r,this.result=new Promise((n,i)=>{this._resolve=n,this._reject=i})}postMessage(e,r){this.workerThread.postMessage({source:"loaders.gl",type:e,payload:r})}done(e){ve(this.isRunning),this.isRunning=!1,this._resolve(e)}error(e){ve(this.isRunning),this.isRunning=!1,this._reject(e)}};var bn=class{terminate(){}};var zu=new Map;function fg(t){ve(t.source&&!t.url||!t.source&&t.url);let e=zu.get(t.source||t.url);return e||(t.url&&(e=BS(t.url),zu.set(t.url,e)),t.source&&(e=dg(t.source),zu.set(t.source,e))),ve(e),e}function BS(t){if(!t.startsWith("http"))return t;let e=OS(t);return dg(e)}function dg(t){let e=new Blob([t],{type:"application/javascript"});return URL.createObjectURL(e)}function OS(t){return`try {
  importScripts('${t}');
} catch (error) {
  console.error(error);
  throw error;
}`}function Vu(t,e=!0,r){let n=r||new Set;if(t){if(hg(t))n.add(t);else if(hg(t.buffer))n.add(t.buffer);else if(!ArrayBuffer.isView(t)){if(e&&typeof t=="object")for(let i in t)Vu(t[i],e,n)}}return r===void 0?Array.from(n):[]}function hg(t){return t?t instanceof ArrayBuffer||typeof MessagePort<"u"&&t instanceof MessagePort||typeof ImageBitmap<"u"&&t instanceof ImageBitmap||typeof OffscreenCanvas<"u"&&t instanceof OffscreenCanvas:!1}var Wu=()=>{},Zt=class{name;source;url;terminated=!1;worker;onMessage;onError;_loadableURL="";static isSupported(){return typeof Worker<"u"&&$e||typeof bn<"u"&&!$e}constructor(e){let{name:r,source:n,url:i}=e;ve(n||i),this.name=r,this.source=n,this.url=i,this.onMessage=Wu,this.onError=o=>console.log(o),this.worker=$e?this._createBrowserWorker():this._createNodeWorker()}destroy(){this.onMessage=Wu,this.onError=Wu,this.worker.terminate(),this.terminated=!0}get isRunning(){return!!this.onMessage}postMessage(e,r){r=r||Vu(e),this.worker.postMessage(e,r)}_getErrorFromErrorEvent(e){let r="Failed to load ";return r+=`worker ${this.name} from ${this.url}. `,e.message&&(r+=`${e.message} in `),e.lineno&&(r+=`:${e.lineno}:${e.colno}`),new Error(r)}_createBrowserWorker(){this._loadableURL=fg({source:this.source,url:this.url});let e=new Worker(this._loadableURL,{name:this.name});return e.onmessage=r=>{r.data?this.onMessage(r.data):this.onError(new Error("No data received"))},e.onerror=r=>{this.onError(this._getErrorFromErrorEvent(r)),this.terminated=!0},e.onmessageerror=r=>console.error(r),e}_createNodeWorker(){let e;if(this.url){let n=this.url.includes(":/")||this.url.startsWith("/")?this.url:`./${this.url}`,i=this.url.endsWith(".ts")||this.url.endsWith(".mjs")?"module":"commonjs";e=new bn(n,{eval:!1,type:i})}else if(this.source)e=new bn(this.source,{eval:!0});else throw new Error("no worker");return e.on("message",r=>{this.onMessage(r)}),e.on("error",r=>{this.onError(r)}),e.on("exit",r=>{}),e}};var Di=class{name="unnamed";source;url;maxConcurrency=1;maxMobileConcurrency=1;onDebug=()=>{};reuseWorkers=!0;props={};jobQueue=[];idleQueue=[];count=0;isDestroyed=!1;static isSupported(){return Zt.isSupported()}constructor(e){this.source=e.source,this.url=e.url,this.setProps(e)}destroy(){this.idleQueue.forEach(e=>e.destroy()),this.isDestroyed=!0}setProps(e){this.props={...this.props,...e},e.name!==void 0&&(this.name=e.name),e.maxConcurrency!==void 0&&(this.maxConcurrency=e.maxConcurrency),e.maxMobileConcurrency!==void 0&&(this.maxMobileConcurrency=e.maxMobileConcurrency),e.reuseWorkers!==void 0&&(this.reuseWorkers=e.reuseWorkers),e.onDebug!==void 0&&(this.onDebug=e.onDebug)}async startJob(e,r=(i,o,s)=>i.done(s),n=(i,o)=>i.error(o)){let i=new Promise(o=>(this.jobQueue.push({name:e,onMessage:r,onError:n,onStart:o}),this));return this._startQueuedJob(),await i}async _startQueuedJob(){if(!this.jobQueue.length)return;let e=this._getAvailableWorker();if(!e)return;let r=this.jobQueue.shift();if(r){this.onDebug({message:"Starting job",name:r.name,workerThread:e,backlog:this.jobQueue.length});let n=new ki(r.name,e);e.onMessage=i=>r.onMessage(n,i.type,i.payload),e.onError=i=>r.onError(n,i),r.onStart(n);try{await n.result}catch(i){console.error(`Worker exception: ${i}`)}finally{this.returnWorkerToQueue(e)}}}returnWorkerToQueue(e){!$e||this.isDestroyed||!this.reuseWorkers||this.count>this._getMaxConcurrency()?(e.destroy(),this.count--):this.idleQueue.push(e),this.isDestroyed||this._startQueuedJob()}_getAvailableWorker(){if(this.idleQueue.length>0)return this.idleQueue.shift()||null;if(this.count<this._getMaxConcurrency()){this.count++;let e=`${this.name.toLowerCase()} (#${this.count} of ${this.maxConcurrency})`;return new Zt({name:e,source:this.source,url:this.url})}return null}_getMaxConcurrency(){return ug?this.maxMobileConcurrency:this.maxConcurrency}};var kS={maxConcurrency:3,maxMobileConcurrency:1,reuseWorkers:!0,onDebug:()=>{}},Sr=class t{props;workerPools=new Map;static _workerFarm;static isSupported(){return Zt.isSupported()}static getWorkerFarm(e={}){return t._workerFarm=t._workerFarm||new t({}),t._workerFarm.setProps(e),t._workerFarm}constructor(e){this.props={...kS},this.setProps(e),this.workerPools=new Map}destroy(){for(let e of this.workerPools.values())e.destroy();this.workerPools=new Map}setProps(e){this.props={...this.props,...e};for(let r of this.workerPools.values())r.setProps(this._getWorkerPoolProps())}getWorkerPool(e){let{name:r,source:n,url:i}=e,o=this.workerPools.get(r);return o||(o=new Di({name:r,source:n,url:i}),o.setProps(this._getWorkerPoolProps()),this.workerPools.set(r,o)),o}_getWorkerPoolProps(){return{maxConcurrency:this.props.maxConcurrency,maxMobileConcurrency:this.props.maxMobileConcurrency,reuseWorkers:this.props.reuseWorkers,onDebug:this.props.onDebug}}};function ju(t,e={}){let r=e[t.id]||{},n=$e?t.workerFile||`${t.id}-worker.js`:`${t.id}-worker-node.js`,i=r.workerUrl;if(!i&&t.id==="compression"&&(i=e.workerUrl),(e._workerType||e?.core?._workerType)==="test"&&($e?i=`modules/${t.module}/dist/${n}`:i=`modules/${t.module}/src/workers/${t.id}-worker-node.ts`),!i){let s=t.version;s==="latest"&&(s=ag);let a=s?`@${s}`:"";i=`https://unpkg.com/@loaders.gl/${t.module}${a}/dist/${n}`}return ve(i),i}function Hu(t,e=cg){ve(t,"no worker provided");let r=t.version;return!(!e||!r)}function Yu(t,e){if(!Sr.isSupported())return!1;let r=e?._nodeWorkers??e?.core?._nodeWorkers;if(!$e&&!r)return!1;let n=e?.worker??e?.core?.worker;return!!(t.worker&&n)}async function qu(t,e,r,n,i){let o=t.id,s=ju(t,r),c=Sr.getWorkerFarm(r?.core).getWorkerPool({name:o,url:s});r=JSON.parse(JSON.stringify(r||{})),r._workerLoaderId=t.id,n=JSON.parse(JSON.stringify(n||{}));let l=await c.startJob("process-on-worker",DS.bind(null,i));return l.postMessage("process",{input:e,options:r,context:n}),await(await l.result).result}async function DS(t,e,r,n){switch(r){case"done":e.done(n);break;case"error":e.error(new Error(n.error));break;case"process":let{id:i,input:o,options:s}=n;try{let a=await t(o,s);e.postMessage("done",{id:i,result:a})}catch(a){let c=a instanceof Error?a.message:"unknown error";e.postMessage("error",{id:i,error:c})}break;default:console.warn(`parse-with-worker unknown message ${r}`)}}function Xu(t,e,r){if(r=r||t.byteLength,t.byteLength<r||e.byteLength<r)return!1;let n=new Uint8Array(t),i=new Uint8Array(e);for(let o=0;o<n.length;++o)if(n[o]!==i[o])return!1;return!0}function Zu(...t){return pg(t)}function pg(t){let e=t.map(o=>o instanceof ArrayBuffer?new Uint8Array(o):o),r=e.reduce((o,s)=>o+s.byteLength,0),n=new Uint8Array(r),i=0;for(let o of e)n.set(o,i),i+=o.byteLength;return n.buffer}async function Ku(t){let e=[];for await(let r of t)e.push(NS(r));return Zu(...e)}function NS(t){if(t instanceof ArrayBuffer)return t;if(ArrayBuffer.isView(t)){let{buffer:e,byteOffset:r,byteLength:n}=t;return mg(e,r,n)}return mg(t)}function mg(t,e=0,r=t.byteLength-e){let n=new Uint8Array(t,e,r),i=new Uint8Array(n.length);return i.set(n),i.buffer}var FS="",_g={};function ef(t){for(let e in _g)if(t.startsWith(e)){let r=_g[e];t=t.replace(e,r)}return!t.startsWith("http://")&&!t.startsWith("https://")&&(t=`${FS}${t}`),t}function la(t){return t&&typeof t=="object"&&t.isBuffer}function xn(t){if(la(t))return t;if(t instanceof ArrayBuffer)return t;if(Fu(t))return ca(t);if(ArrayBuffer.isView(t)){let e=t.buffer;return t.byteOffset===0&&t.byteLength===t.buffer.byteLength?e:e.slice(t.byteOffset,t.byteOffset+t.byteLength)}if(typeof t=="string"){let e=t;return new TextEncoder().encode(e).buffer}if(t&&typeof t=="object"&&t._toArrayBuffer)return t._toArrayBuffer();throw new Error("toArrayBuffer")}function Ui(t){if(t instanceof ArrayBuffer)return t;if(Fu(t))return ca(t);let{buffer:e,byteOffset:r,byteLength:n}=t;return e instanceof ArrayBuffer&&r===0&&n===e.byteLength?e:ca(e,r,n)}function ca(t,e=0,r=t.byteLength-e){let n=new Uint8Array(t,e,r),i=new Uint8Array(n.length);return i.set(n),i.buffer}function tf(t){return ArrayBuffer.isView(t)?t:new Uint8Array(t)}var kt={};Ot(kt,{dirname:()=>GS,filename:()=>US,join:()=>$S,resolve:()=>zS});function yg(){if(typeof process<"u"&&typeof process.cwd<"u")return process.cwd();let t=window.location?.pathname;return t?.slice(0,t.lastIndexOf("/")+1)||""}function US(t){let e=t?t.lastIndexOf("/"):-1;return e>=0?t.substr(e+1):t}function GS(t){let e=t?t.lastIndexOf("/"):-1;return e>=0?t.substr(0,e):""}function $S(...t){return t=t.map((r,n)=>(n&&(r=r.replace(new RegExp("^/"),"")),n!==t.length-1&&(r=r.replace(new RegExp("/$"),"")),r)),t.join("/")}function zS(...t){let e=[];for(let o=0;o<t.length;o++)e[o]=t[o];let r="",n=!1,i;for(let o=e.length-1;o>=-1&&!n;o--){let s;o>=0?s=e[o]:(i===void 0&&(i=yg()),s=i),s.length!==0&&(r=`${s}/${r}`,n=s.charCodeAt(0)===Gi)}return r=VS(r,!n),n?`/${r}`:r.length>0?r:"."}var Gi=47,rf=46;function VS(t,e){let r="",n=-1,i=0,o,s=!1;for(let a=0;a<=t.length;++a){if(a<t.length)o=t.charCodeAt(a);else{if(o===Gi)break;o=Gi}if(o===Gi){if(!(n===a-1||i===1))if(n!==a-1&&i===2){if(r.length<2||!s||r.charCodeAt(r.length-1)!==rf||r.charCodeAt(r.length-2)!==rf){if(r.length>2){let c=r.length-1,l=c;for(;l>=0&&r.charCodeAt(l)!==Gi;--l);if(l!==c){r=l===-1?"":r.slice(0,l),n=a,i=0,s=!1;continue}}else if(r.length===2||r.length===1){r="",n=a,i=0,s=!1;continue}}e&&(r.length>0?r+="/..":r="..",s=!0)}else{let c=t.slice(n+1,a);r.length>0?r+=`/${c}`:r=c,s=!1}n=a,i=0}else o===rf&&i!==-1?++i:i=-1}return r}var ua=class extends Error{constructor(e,r){super(e),this.reason=r.reason,this.url=r.url,this.response=r.response}reason;url;response};var HS=/^data:([-\w.]+\/[-\w.+]+)(;|,)/,YS=/^([-\w.]+\/[-\w.+]+)/;function nf(t,e){return t.toLowerCase()===e.toLowerCase()}function bg(t){let e=YS.exec(t);return e?e[1]:t}function of(t){let e=HS.exec(t);return e?e[1]:""}var xg=/\?.*/;function wg(t){let e=t.match(xg);return e&&e[0]}function Kt(t){return t.replace(xg,"")}function vg(t){if(t.length<50)return t;let e=t.slice(t.length-15);return`${t.substr(0,32)}...${e}`}function Pr(t){return Oe(t)?t.url:ke(t)?("name"in t?t.name:"")||"":typeof t=="string"?t:""}function wn(t){if(Oe(t)){let e=t.headers.get("content-type")||"",r=Kt(t.url);return bg(e)||of(r)}return ke(t)?t.type||"":typeof t=="string"?of(t):""}function Eg(t){return Oe(t)?t.headers["content-length"]||-1:ke(t)?t.size:typeof t=="string"?t.length:t instanceof ArrayBuffer||ArrayBuffer.isView(t)?t.byteLength:-1}async function fa(t){if(Oe(t))return t;let e={},r=Eg(t);r>=0&&(e["content-length"]=String(r));let n=Pr(t),i=wn(t);i&&(e["content-type"]=i);let o=await XS(t);o&&(e["x-first-bytes"]=o),typeof t=="string"&&(t=new TextEncoder().encode(t));let s=new Response(t,{headers:e});return Object.defineProperty(s,"url",{value:n}),s}async function Sg(t){if(!t.ok)throw await qS(t)}async function qS(t){let e=vg(t.url),r=`Failed to fetch resource (${t.status}) ${t.statusText}: ${e}`;r=r.length>100?`${r.slice(0,100)}...`:r;let n={reason:t.statusText,url:t.url,response:t};try{let i=t.headers.get("Content-Type");n.reason=!t.bodyUsed&&i?.includes("application/json")?await t.json():await t.text()}catch{}return new ua(r,n)}async function XS(t){if(typeof t=="string")return`data:,${t.slice(0,5)}`;if(t instanceof Blob){let r=t.slice(0,5);return await new Promise(n=>{let i=new FileReader;i.onload=o=>n(o?.target?.result),i.readAsDataURL(r)})}if(t instanceof ArrayBuffer){let r=t.slice(0,5);return`data:base64,${ZS(r)}`}return null}function ZS(t){let e="",r=new Uint8Array(t);for(let n=0;n<r.byteLength;n++)e+=String.fromCharCode(r[n]);return btoa(e)}function KS(t){return!QS(t)&&!JS(t)}function QS(t){return t.startsWith("http:")||t.startsWith("https:")}function JS(t){return t.startsWith("data:")}async function sf(t,e){if(typeof t=="string"){let r=ef(t);return KS(r)&&globalThis.loaders?.fetchNode?globalThis.loaders?.fetchNode(r,e):await fetch(r,e)}return await fa(t)}Bi();var $i=new we({id:"loaders.gl"}),da=class{log(){return()=>{}}info(){return()=>{}}warn(){return()=>{}}error(){return()=>{}}},ha=class{console;constructor(){this.console=console}log(...e){return this.console.log.bind(this.console,...e)}info(...e){return this.console.info.bind(this.console,...e)}warn(...e){return this.console.warn.bind(this.console,...e)}error(...e){return this.console.error.bind(this.console,...e)}};var pa={core:{baseUrl:void 0,fetch:null,mimeType:void 0,fallbackMimeType:void 0,ignoreRegisteredLoaders:void 0,nothrow:!1,log:new ha,useLocalLibraries:!1,CDN:"https://unpkg.com/@loaders.gl",worker:!0,maxConcurrency:3,maxMobileConcurrency:1,reuseWorkers:wr,_nodeWorkers:!1,_workerType:"",limit:0,_limitMB:0,batchSize:"auto",batchDebounceMs:0,metadata:!1,transforms:[]}},Tg={baseUri:"core.baseUrl",fetch:"core.fetch",mimeType:"core.mimeType",fallbackMimeType:"core.fallbackMimeType",ignoreRegisteredLoaders:"core.ignoreRegisteredLoaders",nothrow:"core.nothrow",log:"core.log",useLocalLibraries:"core.useLocalLibraries",CDN:"core.CDN",worker:"core.worker",maxConcurrency:"core.maxConcurrency",maxMobileConcurrency:"core.maxMobileConcurrency",reuseWorkers:"core.reuseWorkers",_nodeWorkers:"core.nodeWorkers",_workerType:"core._workerType",_worker:"core._workerType",limit:"core.limit",_limitMB:"core._limitMB",batchSize:"core.batchSize",batchDebounceMs:"core.batchDebounceMs",metadata:"core.metadata",transforms:"core.transforms",throws:"nothrow",dataType:"(no longer used)",uri:"core.baseUrl",method:"core.fetch.method",headers:"core.fetch.headers",body:"core.fetch.body",mode:"core.fetch.mode",credentials:"core.fetch.credentials",cache:"core.fetch.cache",redirect:"core.fetch.redirect",referrer:"core.fetch.referrer",referrerPolicy:"core.fetch.referrerPolicy",integrity:"core.fetch.integrity",keepalive:"core.fetch.keepalive",signal:"core.fetch.signal"};var af=["baseUrl","fetch","mimeType","fallbackMimeType","ignoreRegisteredLoaders","nothrow","log","useLocalLibraries","CDN","worker","maxConcurrency","maxMobileConcurrency","reuseWorkers","_nodeWorkers","_workerType","limit","_limitMB","batchSize","batchDebounceMs","metadata","transforms"];function cf(){globalThis.loaders=globalThis.loaders||{};let{loaders:t}=globalThis;return t._state||(t._state={}),t._state}function lf(){let t=cf();return t.globalOptions=t.globalOptions||{...pa,core:{...pa.core}},Dt(t.globalOptions)}function Ag(t,e,r,n){return r=r||[],r=Array.isArray(r)?r:[r],eT(t,r),Dt(rT(e,t,n))}function Dt(t){let e=iT(t);Cg(e);for(let r of af)e.core&&e.core[r]!==void 0&&delete e[r];return e.core&&e.core._workerType!==void 0&&delete e._worker,e}function eT(t,e){Pg(t,null,pa,Tg,e);for(let r of e){let n=t&&t[r.id]||{},i=r.options&&r.options[r.id]||{},o=r.deprecatedOptions&&r.deprecatedOptions[r.id]||{};Pg(n,r.id,i,o,e)}}function Pg(t,e,r,n,i){let o=e||"Top level",s=e?`${e}.`:"";for(let a in t){let c=!e&&ht(t[a]),l=a==="baseUri"&&!e,u=a==="workerUrl"&&e;if(!(a in r)&&!l&&!u){if(a in n)$i.level>0&&$i.warn(`${o} loader option '${s}${a}' no longer supported, use '${n[a]}'`)();else if(!c&&$i.level>0){let f=tT(a,i);$i.warn(`${o} loader option '${s}${a}' not recognized. ${f}`)()}}}}function tT(t,e){let r=t.toLowerCase(),n="";for(let i of e)for(let o in i.options){if(t===o)return`Did you mean '${i.id}.${o}'?`;let s=o.toLowerCase();(r.startsWith(s)||s.startsWith(r))&&(n=n||`Did you mean '${i.id}.${o}'?`)}return n}function rT(t,e,r){let n=t.options||{},i={...n};n.core&&(i.core={...n.core}),Cg(i),i.core?.log===null&&(i.core={...i.core,log:new da}),Lg(i,Dt(lf()));let o=Dt(e);return Lg(i,o),nT(i,r),oT(i),i}function Lg(t,e){for(let r in e)if(r in e){let n=e[r];aa(n)&&aa(t[r])?t[r]={...t[r],...e[r]}:t[r]=e[r]}}function nT(t,e){if(!e)return;t.core?.baseUrl!==void 0||(t.core||={},t.core.baseUrl=kt.dirname(Kt(e)))}function iT(t){let e={...t};return t.core&&(e.core={...t.core}),e}function Cg(t){t.baseUri!==void 0&&(t.core||={},t.core.baseUrl===void 0&&(t.core.baseUrl=t.baseUri));for(let r of af)if(t[r]!==void 0){let i=t.core=t.core||{};i[r]===void 0&&(i[r]=t[r])}let e=t._worker;e!==void 0&&(t.core||={},t.core._workerType===void 0&&(t.core._workerType=e))}function oT(t){let e=t.core;if(e)for(let r of af)e[r]!==void 0&&(t[r]=e[r])}function zi(t){return t?(Array.isArray(t)&&(t=t[0]),Array.isArray(t?.extensions)):!1}function Vi(t){Xt(t,"null loader"),Xt(zi(t),"invalid loader");let e;return Array.isArray(t)&&(e=t[1],t=t[0],t={...t,options:{...t.options,...e}}),(t?.parseTextSync||t?.parseText)&&(t.text=!0),t.text||(t.binary=!0),t}var Mg=()=>{let t=cf();return t.loaderRegistry=t.loaderRegistry||[],t.loaderRegistry};function uf(t){let e=Mg();t=Array.isArray(t)?t:[t];for(let r of t){let n=Vi(r);e.find(i=>n===i)||e.unshift(n)}}function Ig(){return Mg()}var sT=/\.([^.]+)$/;async function Og(t,e=[],r,n){if(!kg(t))return null;let i=Dt(r||{});if(i.core||={},t instanceof Response&&Rg(t)){let s=await t.clone().text(),a=ma(s,e,{...i,core:{...i.core,nothrow:!0}},n);if(a)return a}let o=ma(t,e,{...i,core:{...i.core,nothrow:!0}},n);if(o)return o;if(ke(t)&&(t=await t.slice(0,10).arrayBuffer(),o=ma(t,e,i,n)),!o&&t instanceof Response&&Rg(t)){let s=await t.clone().text();o=ma(s,e,i,n)}if(!o&&!i.core.nothrow)throw new Error(Dg(t));return o}function Rg(t){let e=wn(t);return!!(e&&(e.startsWith("text/")||e==="application/json"||e.endsWith("+json")))}function ma(t,e=[],r,n){if(!kg(t))return null;let i=Dt(r||{});if(i.core||={},e&&!Array.isArray(e))return Vi(e);let o=[];e&&(o=o.concat(e)),i.core.ignoreRegisteredLoaders||o.push(...Ig()),cT(o);let s=aT(t,o,i,n);if(!s&&!i.core.nothrow)throw new Error(Dg(t));return s}function aT(t,e,r,n){let i=Pr(t),o=wn(t),s=Kt(i)||n?.url,a=null,c="";return r?.core?.mimeType&&(a=ff(e,r?.core?.mimeType),c=`match forced by supplied MIME type ${r?.core?.mimeType}`),a=a||lT(e,s),c=c||(a?`matched url ${s}`:""),a=a||ff(e,o),c=c||(a?`matched MIME type ${o}`:""),a=a||fT(e,t),c=c||(a?`matched initial data ${Ng(t)}`:""),r?.core?.fallbackMimeType&&(a=a||ff(e,r?.core?.fallbackMimeType),c=c||(a?`matched fallback MIME type ${o}`:"")),c&&Nu.log(1,`selectLoader selected ${a?.name}: ${c}.`),a}function kg(t){return!(t instanceof Response&&t.status===204)}function Dg(t){let e=Pr(t),r=wn(t),n="No valid loader found (";n+=e?`${kt.filename(e)}, `:"no url provided, ",n+=`MIME type: ${r?`"${r}"`:"not provided"}, `;let i=t?Ng(t):"";return n+=i?` first bytes: "${i}"`:"first bytes: not available",n+=")",n}function cT(t){for(let e of t)Vi(e)}function lT(t,e){let r=e&&sT.exec(e),n=r&&r[1];return n?uT(t,n):null}function uT(t,e){e=e.toLowerCase();for(let r of t)for(let n of r.extensions)if(n.toLowerCase()===e)return r;return null}function ff(t,e){for(let r of t)if(r.mimeTypes?.some(n=>nf(e,n))||nf(e,`application/x.${r.id}`))return r;return null}function fT(t,e){if(!e)return null;for(let r of t)if(typeof e=="string"){if(dT(e,r))return r}else if(ArrayBuffer.isView(e)){if(Bg(e.buffer,e.byteOffset,r))return r}else if(e instanceof ArrayBuffer&&Bg(e,0,r))return r;return null}function dT(t,e){return e.testText?e.testText(t):(Array.isArray(e.tests)?e.tests:[e.tests]).some(n=>t.startsWith(n))}function Bg(t,e,r){return(Array.isArray(r.tests)?r.tests:[r.tests]).some(i=>hT(t,e,r,i))}function hT(t,e,r,n){if(yn(n))return Xu(n,t,n.byteLength);switch(typeof n){case"function":return n(Ui(t));case"string":let i=df(t,e,n.length);return n===i;default:return!1}}function Ng(t,e=5){return typeof t=="string"?t.slice(0,e):ArrayBuffer.isView(t)?df(t.buffer,t.byteOffset,e):t instanceof ArrayBuffer?df(t,0,e):""}function df(t,e,r){if(t.byteLength<e+r)return"";let n=new DataView(t),i="";for(let o=0;o<r;o++)i+=String.fromCharCode(n.getUint8(e+o));return i}var pT=256*1024;function*Fg(t,e){let r=e?.chunkSize||pT,n=0,i=new TextEncoder;for(;n<t.length;){let o=Math.min(t.length-n,r),s=t.slice(n,n+o);n+=o,yield Ui(i.encode(s))}}function*Ug(t,e={}){let{chunkSize:r=262144}=e,n=0;for(;n<t.byteLength;){let i=Math.min(t.byteLength-n,r),o=new ArrayBuffer(i),s=new Uint8Array(t,n,i);new Uint8Array(o).set(s),n+=i,yield o}}async function*Gg(t,e){let r=e?.chunkSize||1048576,n=0;for(;n<t.size;){let i=n+r,o=await t.slice(n,i).arrayBuffer();n=i,yield o}}function hf(t,e){return wr?mT(t,e):gT(t,e)}async function*mT(t,e){let r=t.getReader(),n;try{for(;;){let i=n||r.read();e?._streamReadAhead&&(n=r.read());let{done:o,value:s}=await i;if(o)return;yield xn(s)}}catch{r.releaseLock()}}async function*gT(t,e){for await(let r of t)yield xn(r)}function $g(t,e){if(typeof t=="string")return Fg(t,e);if(t instanceof ArrayBuffer)return Ug(t,e);if(ke(t))return Gg(t,e);if(Oi(t))return hf(t,e);if(Oe(t)){let r=t.body;if(!r)throw new Error("Readable stream not available on Response");return hf(r,e)}throw new Error("makeIterator")}var zg="Cannot convert supplied data type";function _T(t,e,r){if(e.text&&typeof t=="string")return t;if(la(t)&&(t=t.buffer),yn(t)){let n=tf(t);return e.text&&!e.binary?new TextDecoder("utf8").decode(n):xn(n)}throw new Error(zg)}async function Vg(t,e,r){if(typeof t=="string"||yn(t))return _T(t,e,r);if(ke(t)&&(t=await fa(t)),Oe(t))return await Sg(t),e.binary?await t.arrayBuffer():await t.text();if(Oi(t)&&(t=$g(t,r)),Uu(t)||Gu(t))return Ku(t);throw new Error(zg)}function ga(t,e){let r=lf(),n=t||r,i=n.fetch??n.core?.fetch;return typeof i=="function"?i:ht(i)?o=>sf(o,i):e?.fetch?e?.fetch:sf}function Wg(t,e,r){if(r)return r;let n={fetch:ga(e,t),...t};if(n.url){let i=Kt(n.url);n.baseUrl=i,n.queryString=wg(n.url),n.filename=kt.filename(i),n.baseUrl=kt.dirname(i)}return Array.isArray(n.loaders)||(n.loaders=null),n}function jg(t,e){if(t&&!Array.isArray(t))return t;let r;if(t&&(r=Array.isArray(t)?t:[t]),e&&e.loaders){let n=Array.isArray(e.loaders)?e.loaders:[e.loaders];r=r?[...r,...n]:n}return r&&r.length?r:void 0}async function Wi(t,e,r,n){e&&!Array.isArray(e)&&!zi(e)&&(n=void 0,r=e,e=void 0),t=await t,r=r||{};let i=Pr(t),s=jg(e,n),a=await Og(t,s,r);if(!a)return null;let c=Ag(r,a,s,i);return n=Wg({url:i,_parse:Wi,loaders:s},c,n||null),await yT(a,t,c,n)}async function yT(t,e,r,n){if(Hu(t),r=$u(t.options,r),Oe(e)){let{ok:o,redirected:s,status:a,statusText:c,type:l,url:u}=e,f=Object.fromEntries(e.headers.entries());n.response={headers:f,ok:o,redirected:s,status:a,statusText:c,type:l,url:u}}e=await Vg(e,t,r);let i=t;if(i.parseTextSync&&typeof e=="string")return i.parseTextSync(e,r,n);if(Yu(t,r))return await qu(t,e,r,n,Wi);if(i.parseText&&typeof e=="string")return await i.parseText(e,r,n);if(i.parse)return await i.parse(e,r,n);throw ve(!i.parseSync),new Error(`${t.id} loader - no parser found and worker is disabled`)}async function vn(t,e,r,n){let i,o;!Array.isArray(e)&&!zi(e)?(i=[],o=e,n=void 0):(i=e,o=r);let s=ga(o),a=t;return typeof t=="string"&&(a=await s(t)),ke(t)&&(a=await s(t)),typeof t=="string"&&(Dt(o||{}).core?.baseUrl||(o={...o,core:{...o?.core,baseUrl:t}})),Array.isArray(i)?await Wi(a,i,o):await Wi(a,i,o)}var Xg="4.5.4";var bT=globalThis.loaders?.parseImageNode,mf=typeof Image<"u",gf=typeof ImageBitmap<"u",xT=!!bT,_f=wr?!0:xT;function Zg(t){switch(t){case"auto":return gf||mf||_f;case"imagebitmap":return gf;case"image":return mf;case"data":return _f;default:throw new Error(`@loaders.gl/images: image ${t} not supported in this environment`)}}function Kg(){if(gf)return"imagebitmap";if(mf)return"image";if(_f)return"data";throw new Error("Install '@loaders.gl/polyfills' to parse images under Node.js")}function wT(t){let e=vT(t);if(!e)throw new Error("Not an image");return e}function Qg(t){switch(wT(t)){case"data":return t;case"image":case"imagebitmap":let e=document.createElement("canvas"),r=e.getContext("2d");if(!r)throw new Error("getImageData");return e.width=t.width,e.height=t.height,r.drawImage(t,0,0),r.getImageData(0,0,t.width,t.height);default:throw new Error("getImageData")}}function vT(t){return typeof ImageBitmap<"u"&&t instanceof ImageBitmap?"imagebitmap":typeof Image<"u"&&t instanceof Image?"image":t&&typeof t=="object"&&t.data&&t.width&&t.height?"data":null}var ET=/^data:image\/svg\+xml/,ST=/\.svg((\?|#).*)?$/;function _a(t){return t&&(ET.test(t)||ST.test(t))}function Jg(t,e){if(_a(e)){let n=new TextDecoder().decode(t);try{typeof unescape=="function"&&typeof encodeURIComponent=="function"&&(n=unescape(encodeURIComponent(n)))}catch(o){throw new Error(o.message)}return`data:image/svg+xml;base64,${btoa(n)}`}return yf(t,e)}function yf(t,e){if(_a(e))throw new Error("SVG cannot be parsed directly to imagebitmap");return new Blob([new Uint8Array(t)])}async function ya(t,e,r){let n=Jg(t,r),i=self.URL||self.webkitURL,o=typeof n!="string"&&i.createObjectURL(n);try{return await TT(o||n,e)}finally{o&&i.revokeObjectURL(o)}}async function TT(t,e){let r=new Image;return r.src=t,e.image&&e.image.decode&&r.decode?(await r.decode(),r):await new Promise((n,i)=>{try{r.onload=()=>n(r),r.onerror=o=>{let s=o instanceof Error?o.message:"error";i(new Error(s))}}catch(o){i(o)}})}var e_=!0;async function t_(t,e,r){let n;_a(r)?n=await ya(t,e,r):n=yf(t,r);let i=e&&e.imagebitmap;return await PT(n,i)}async function PT(t,e=null){if((LT(e)||!e_)&&(e=null),e)try{return await createImageBitmap(t,e)}catch(r){console.warn(r),e_=!1}return await createImageBitmap(t)}function LT(t){if(!t)return!0;for(let e in t)if(Object.prototype.hasOwnProperty.call(t,e))return!1;return!0}function r_(t){return!IT(t,"ftyp",4)||(t[8]&96)===0?null:AT(t)}function AT(t){switch(CT(t,8,12).replace("\0"," ").trim()){case"avif":case"avis":return{extension:"avif",mimeType:"image/avif"};default:return null}}function CT(t,e,r){return String.fromCharCode(...t.slice(e,r))}function MT(t){return[...t].map(e=>e.charCodeAt(0))}function IT(t,e,r=0){let n=MT(e);for(let i=0;i<n.length;++i)if(n[i]!==t[i+r])return!1;return!0}var mt=!1,Hi=!0;function ba(t){let e=Yi(t);return BT(e)||DT(e)||OT(e)||kT(e)||RT(e)}function RT(t){let e=new Uint8Array(t instanceof DataView?t.buffer:t),r=r_(e);return r?{mimeType:r.mimeType,width:0,height:0}:null}function BT(t){let e=Yi(t);return e.byteLength>=24&&e.getUint32(0,mt)===2303741511?{mimeType:"image/png",width:e.getUint32(16,mt),height:e.getUint32(20,mt)}:null}function OT(t){let e=Yi(t);return e.byteLength>=10&&e.getUint32(0,mt)===1195984440?{mimeType:"image/gif",width:e.getUint16(6,Hi),height:e.getUint16(8,Hi)}:null}function kT(t){let e=Yi(t);return e.byteLength>=14&&e.getUint16(0,mt)===16973&&e.getUint32(2,Hi)===e.byteLength?{mimeType:"image/bmp",width:e.getUint32(18,Hi),height:e.getUint32(22,Hi)}:null}function DT(t){let e=Yi(t);if(!(e.byteLength>=3&&e.getUint16(0,mt)===65496&&e.getUint8(2)===255))return null;let{tableMarkers:n,sofMarkers:i}=NT(),o=2;for(;o+9<e.byteLength;){let s=e.getUint16(o,mt);if(i.has(s))return{mimeType:"image/jpeg",height:e.getUint16(o+5,mt),width:e.getUint16(o+7,mt)};if(!n.has(s))return null;o+=2,o+=e.getUint16(o,mt)}return null}function NT(){let t=new Set([65499,65476,65484,65501,65534]);for(let r=65504;r<65520;++r)t.add(r);return{tableMarkers:t,sofMarkers:new Set([65472,65473,65474,65475,65477,65478,65479,65481,65482,65483,65485,65486,65487,65502])}}function Yi(t){if(t instanceof DataView)return t;if(ArrayBuffer.isView(t))return new DataView(t.buffer);if(t instanceof ArrayBuffer)return new DataView(t);throw new Error("toDataView")}async function n_(t,e){let{mimeType:r}=ba(t)||{},n=globalThis.loaders?.parseImageNode;return Xt(n),await n(t,r)}async function i_(t,e,r){e=e||{};let i=(e.image||{}).type||"auto",{url:o}=r||{},s=FT(i),a;switch(s){case"imagebitmap":a=await t_(t,e,o);break;case"image":a=await ya(t,e,o);break;case"data":a=await n_(t,e);break;default:Xt(!1)}return i==="data"&&(a=Qg(a)),a}function FT(t){switch(t){case"auto":case"data":return Kg();default:return Zg(t),t}}var UT=["png","jpg","jpeg","gif","webp","bmp","ico","svg","avif"],GT=["image/png","image/jpeg","image/gif","image/webp","image/avif","image/bmp","image/vnd.microsoft.icon","image/svg+xml"],$T={image:{type:"auto",decode:!0}},bf={dataType:null,batchType:null,id:"image",module:"images",name:"Images",version:Xg,mimeTypes:GT,extensions:UT,parse:i_,tests:[t=>!!ba(new DataView(t))],options:$T};Bi();var zT=new we({id:"deck"}),F=zT;var xf={};function o_(t){xf=t}function te(t,e,r,n){F.level>0&&xf[t]&&xf[t].call(null,e,r,n)}function VT(t){let e=t[0],r=t[t.length-1];return e==="{"&&r==="}"||e==="["&&r==="]"}var s_={dataType:null,batchType:null,id:"JSON",name:"JSON",module:"",version:"",options:{},extensions:["json","geojson"],mimeTypes:["application/json","application/geo+json"],testText:VT,parseTextSync:JSON.parse};function WT(){let t="9.4.0",e=globalThis.deck&&globalThis.deck.VERSION;if(e&&e!==t)throw new Error(`deck.gl - multiple versions detected: ${e} vs ${t}`);return e||(F.log(1,`deck.gl ${t}`)(),globalThis.deck={...globalThis.deck,VERSION:t,version:t,log:F,_registerLoggers:o_},uf([s_,[bf,{imagebitmap:{premultiplyAlpha:"none"}}]])),t}var a_=WT();Ae();var $M=`struct LayerUniforms {
  opacity: f32,
};

@group(0) @binding(auto)
var<uniform> layer: LayerUniforms;
`,Wx=`layout(std140) uniform layerUniforms {
  uniform float opacity;
} layer;
`,xh={name:"layer",source:$M,vs:Wx,fs:Wx,getUniforms:t=>({opacity:Math.pow(t.opacity,.45454545454545453)}),uniformTypes:{opacity:"f32"}};var zM=`

@must_use
fn deckgl_premultiplied_alpha(fragColor: vec4<f32>) -> vec4<f32> {
    return vec4(fragColor.rgb * fragColor.a, fragColor.a); 
};
`,pc={name:"color",dependencies:[],source:zM,getUniforms:t=>({})};var VM=`const SMOOTH_EDGE_RADIUS: f32 = 0.5;

struct VertexGeometry {
  position: vec4<f32>,
  worldPosition: vec3<f32>,
  worldPositionAlt: vec3<f32>,
  normal: vec3<f32>,
  uv: vec2<f32>,
  pickingColor: vec3<f32>,
};

var<private> geometry_: VertexGeometry = VertexGeometry(
  vec4<f32>(0.0, 0.0, 1.0, 0.0),
  vec3<f32>(0.0, 0.0, 0.0),
  vec3<f32>(0.0, 0.0, 0.0),
  vec3<f32>(0.0, 0.0, 0.0),
  vec2<f32>(0.0, 0.0),
  vec3<f32>(0.0, 0.0, 0.0)
);

struct FragmentGeometry {
  uv: vec2<f32>,
};

var<private> fragmentGeometry: FragmentGeometry;

fn smoothedge(edge: f32, x: f32) -> f32 {
  return smoothstep(edge - SMOOTH_EDGE_RADIUS, edge + SMOOTH_EDGE_RADIUS, x);
}
`,jx="#define SMOOTH_EDGE_RADIUS 0.5",WM=`${jx}

struct VertexGeometry {
  vec4 position;
  vec3 worldPosition;
  vec3 worldPositionAlt;
  vec3 normal;
  vec2 uv;
  vec3 pickingColor;
} geometry = VertexGeometry(
  vec4(0.0, 0.0, 1.0, 0.0),
  vec3(0.0),
  vec3(0.0),
  vec3(0.0),
  vec2(0.0),
  vec3(0.0)
);
`,jM=`${jx}

struct FragmentGeometry {
  vec2 uv;
};
FragmentGeometry geometry;

float smoothedge(float edge, float x) {
  return smoothstep(edge - SMOOTH_EDGE_RADIUS, edge + SMOOTH_EDGE_RADIUS, x);
}
`,mc={name:"geometry",source:VM,vs:WM,fs:jM};Ae();ae();var O;(function(t){t[t.Start=1]="Start",t[t.Move=2]="Move",t[t.End=4]="End",t[t.Cancel=8]="Cancel"})(O||(O={}));var Y;(function(t){t[t.None=0]="None",t[t.Left=1]="Left",t[t.Right=2]="Right",t[t.Up=4]="Up",t[t.Down=8]="Down",t[t.Horizontal=3]="Horizontal",t[t.Vertical=12]="Vertical",t[t.All=15]="All"})(Y||(Y={}));var A;(function(t){t[t.Possible=1]="Possible",t[t.Began=2]="Began",t[t.Changed=4]="Changed",t[t.Ended=8]="Ended",t[t.Recognized=8]="Recognized",t[t.Cancelled=16]="Cancelled",t[t.Failed=32]="Failed"})(A||(A={}));var Hx="compute",wh="auto",qr="manipulation",Xr="none",Lo="pan-x",Ao="pan-y";function vh(t){if(t.includes(Xr))return Xr;let e=t.includes(Lo),r=t.includes(Ao);return e&&r?Xr:e||r?e?Lo:Ao:t.includes(qr)?qr:wh}var Co=class{constructor(e,r){this.actions="",this.manager=e,this.set(r)}set(e){e===Hx&&(e=this.compute()),this.manager.element&&(this.manager.element.style.touchAction=e,this.actions=e)}update(){this.set(this.manager.options.touchAction)}compute(){let e=[];for(let r of this.manager.recognizers)r.options.enable&&(e=e.concat(r.getTouchAction()));return vh(e.join(" "))}};function Fn(t){return t.trim().split(/\s+/g)}function gc(t,e,r){if(t)for(let n of Fn(e))t.addEventListener(n,r,!1)}function _c(t,e,r){if(t)for(let n of Fn(e))t.removeEventListener(n,r,!1)}function Eh(t){return(t.ownerDocument||t).defaultView}function Sh(t,e){let r=t;for(;r;){if(r===e)return!0;r=r.parentNode}return!1}function yc(t){let e=t.length;if(e===1)return{x:Math.round(t[0].clientX),y:Math.round(t[0].clientY)};let r=0,n=0,i=0;for(;i<e;)r+=t[i].clientX,n+=t[i].clientY,i++;return{x:Math.round(r/e),y:Math.round(n/e)}}function Th(t){let e=[],r=0;for(;r<t.pointers.length;)e[r]={clientX:Math.round(t.pointers[r].clientX),clientY:Math.round(t.pointers[r].clientY)},r++;return{timeStamp:Date.now(),pointers:e,center:yc(e),deltaX:t.deltaX,deltaY:t.deltaY}}function Un(t,e){let r=e.x-t.x,n=e.y-t.y;return Math.sqrt(r*r+n*n)}function Mo(t,e){let r=e.clientX-t.clientX,n=e.clientY-t.clientY;return Math.sqrt(r*r+n*n)}function Yx(t,e){let r=e.x-t.x,n=e.y-t.y;return Math.atan2(n,r)*180/Math.PI}function Ph(t,e){let r=e.clientX-t.clientX,n=e.clientY-t.clientY;return Math.atan2(n,r)*180/Math.PI}function Gn(t,e){return t===e?Y.None:Math.abs(t)>=Math.abs(e)?t<0?Y.Left:Y.Right:e<0?Y.Up:Y.Down}function qx(t,e){let r=e.center,n=t.offsetDelta,i=t.prevDelta,o=t.prevInput;return(e.eventType===O.Start||o?.eventType===O.End)&&(i=t.prevDelta={x:o?.deltaX||0,y:o?.deltaY||0},n=t.offsetDelta={x:r.x,y:r.y}),{deltaX:i.x+(r.x-n.x),deltaY:i.y+(r.y-n.y)}}function bc(t,e,r){return{x:e/t||0,y:r/t||0}}function Xx(t,e){return Mo(e[0],e[1])/Mo(t[0],t[1])}function Zx(t,e){return Ph(e[1],e[0])-Ph(t[1],t[0])}function Kx(t,e){let r=t.lastInterval||e,n=e.timeStamp-r.timeStamp,i,o,s,a;if(e.eventType!==O.Cancel&&(n>25||r.velocity===void 0)){let c=e.deltaX-r.deltaX,l=e.deltaY-r.deltaY,u=bc(n,c,l);o=u.x,s=u.y,i=Math.abs(u.x)>Math.abs(u.y)?u.x:u.y,a=Gn(c,l),t.lastInterval=e}else i=r.velocity,o=r.velocityX,s=r.velocityY,a=r.direction;e.velocity=i,e.velocityX=o,e.velocityY=s,e.direction=a}function Lh(t,e){return"pointerId"in t?t.pointerId:e}function Qx(t,e){t.movementOrigin=new Map(e.map((r,n)=>[Lh(r,n),{clientX:r.clientX,clientY:r.clientY}])),t.firstMovementTime=void 0}function YM(t,e){let r=e.pointers.map(Lh);if(t.movementOrigin?.size===r.length&&r.every(i=>t.movementOrigin.has(i))||Qx(t,e.pointers),e.distancePerPointer=e.pointers.map((i,o)=>Mo(t.movementOrigin.get(r[o]),i)),e.eventType&O.Move&&e.distancePerPointer.some(i=>i>0)&&(t.firstMovementTime??(t.firstMovementTime=e.timeStamp)),e.movementDeltaTime=t.firstMovementTime===void 0?0:e.timeStamp-t.firstMovementTime,e.eventType&(O.End|O.Cancel)){let i=e.changedPointers.map(o=>Lh(o,e.pointers.indexOf(o)));Qx(t,e.pointers.filter((o,s)=>!i.includes(r[s])))}}function Jx(t,e){let{session:r}=t,{pointers:n}=e,{length:i}=n;r.firstInput||(r.firstInput=Th(e)),i>1&&!r.firstMultiple?r.firstMultiple=Th(e):i===1&&(r.firstMultiple=!1);let{firstInput:o,firstMultiple:s}=r,a=s?s.center:o.center,c=e.center=yc(n);e.timeStamp=Date.now(),e.deltaTime=e.timeStamp-o.timeStamp,YM(r,e),e.angle=Yx(a,c),e.distance=Un(a,c);let{deltaX:l,deltaY:u}=qx(r,e);e.deltaX=l,e.deltaY=u,e.offsetDirection=Gn(e.deltaX,e.deltaY);let f=bc(e.deltaTime,e.deltaX,e.deltaY);e.overallVelocityX=f.x,e.overallVelocityY=f.y,e.overallVelocity=Math.abs(f.x)>Math.abs(f.y)?f.x:f.y,e.scale=s?Xx(s.pointers,n):1,e.rotation=s?Zx(s.pointers,n):0,e.maxPointers=r.prevInput?e.pointers.length>r.prevInput.maxPointers?e.pointers.length:r.prevInput.maxPointers:e.pointers.length;let d=t.element;return Sh(e.srcEvent.target,d)&&(d=e.srcEvent.target),e.target=d,Kx(r,e),e}function e0(t,e,r){let n=r.pointers.length,i=r.changedPointers.length,o=e&O.Start&&n-i===0,s=e&(O.End|O.Cancel)&&n-i===0;r.isFirst=!!o,r.isFinal=!!s,o&&(t.session={}),r.eventType=e;let a=Jx(t,r);t.emit("hammer.input",a),t.recognize(a),t.session.prevInput=a}var Io=class{constructor(e){this.evEl="",this.evWin="",this.evTarget="",this.domHandler=r=>{this.manager.options.enable&&this.handler(r)},this.manager=e,this.element=e.element,this.target=e.options.inputTarget||e.element}callback(e,r){e0(this.manager,e,r)}init(){gc(this.element,this.evEl,this.domHandler),gc(this.target,this.evTarget,this.domHandler),gc(Eh(this.element),this.evWin,this.domHandler)}destroy(){_c(this.element,this.evEl,this.domHandler),_c(this.target,this.evTarget,this.domHandler),_c(Eh(this.element),this.evWin,this.domHandler)}};var qM={pointerdown:O.Start,pointermove:O.Move,pointerup:O.End,pointercancel:O.Cancel,pointerout:O.Cancel},XM="pointerdown",ZM="pointermove pointerup pointercancel",Ro=class extends Io{constructor(e){super(e),this.evEl=XM,this.evWin=ZM,this.store=this.manager.session.pointerEvents=[],this.init()}handler(e){let{store:r}=this,n=!1,i=qM[e.type],o=e.pointerType,s=o==="touch",a=r.findIndex(c=>c.pointerId===e.pointerId);i&O.Start&&(e.buttons||s)?a<0&&(r.push(e),a=r.length-1):i&(O.End|O.Cancel)&&(n=!0),!(a<0)&&(r[a]=e,this.callback(i,{pointers:r,changedPointers:[e],eventType:i,pointerType:o,srcEvent:e}),n&&r.splice(a,1))}};var KM=["","webkit","Moz","MS","ms","o"];function t0(t,e){let r=e[0].toUpperCase()+e.slice(1);for(let n of KM){let i=n?n+r:e;if(i in t)return i}}var QM=1,r0=2,n0={touchAction:"compute",enable:!0,inputTarget:null,cssProps:{userSelect:"none",userDrag:"none",touchCallout:"none",tapHighlightColor:"rgba(0,0,0,0)"}},Bo=class{constructor(e,r){this.options={...n0,...r,cssProps:{...n0.cssProps,...r.cssProps},inputTarget:r.inputTarget||e},this.handlers={},this.session={},this.recognizers=[],this.oldCssProps={},this.element=e,this.input=new Ro(this),this.touchAction=new Co(this,this.options.touchAction),this.toggleCssProps(!0)}set(e){return Object.assign(this.options,e),e.touchAction&&this.touchAction.update(),e.inputTarget&&(this.input.destroy(),this.input.target=e.inputTarget,this.input.init()),this}stop(e){this.session.stopped=e?r0:QM}recognize(e){let{session:r}=this;if(r.stopped)return;this.session.prevented&&e.srcEvent.preventDefault();let n,{recognizers:i}=this,{curRecognizer:o}=r;(!o||o&&o.state&A.Recognized)&&(o=r.curRecognizer=null);let s=0;for(;s<i.length;)n=i[s],r.stopped!==r0&&(!o||n===o||n.canRecognizeWith(o))?n.recognize(e):n.reset(),!o&&n.state&(A.Began|A.Changed|A.Ended)&&(o=r.curRecognizer=n),s++}get(e){let{recognizers:r}=this;for(let n=0;n<r.length;n++)if(r[n].options.event===e)return r[n];return null}add(e){if(Array.isArray(e)){for(let n of e)this.add(n);return this}let r=this.get(e.options.event);return r&&this.remove(r),this.recognizers.push(e),e.manager=this,this.touchAction.update(),e}remove(e){if(Array.isArray(e)){for(let n of e)this.remove(n);return this}let r=typeof e=="string"?this.get(e):e;if(r){let{recognizers:n}=this,i=n.indexOf(r);i!==-1&&(n.splice(i,1),this.touchAction.update())}return this}on(e,r){if(!e||!r)return;let{handlers:n}=this;for(let i of Fn(e))n[i]=n[i]||[],n[i].push(r)}off(e,r){if(!e)return;let{handlers:n}=this;for(let i of Fn(e))r?n[i]&&n[i].splice(n[i].indexOf(r),1):delete n[i]}emit(e,r){let n=this.handlers[e]&&this.handlers[e].slice();if(!n||!n.length)return;let i=r;i.type=e,i.preventDefault=function(){r.srcEvent.preventDefault()};let o=0;for(;o<n.length;)n[o](i),o++}destroy(){this.toggleCssProps(!1),this.handlers={},this.session={},this.input.destroy(),this.element=null}toggleCssProps(e){let{element:r}=this;if(r){for(let[n,i]of Object.entries(this.options.cssProps)){let o=t0(r.style,n);e?(this.oldCssProps[o]=r.style[o],r.style[o]=i):r.style[o]=this.oldCssProps[o]||""}e||(this.oldCssProps={})}}};var JM=1;function i0(){return JM++}function Ah(t){return t&A.Cancelled?"cancel":t&A.Ended?"end":t&A.Changed?"move":t&A.Began?"start":""}var Qe=class{constructor(e){this.options=e,this.id=i0(),this.state=A.Possible,this.simultaneous={},this.requireFail=[]}set(e){return Object.assign(this.options,e),this.manager.touchAction.update(),this}recognizeWith(e){if(Array.isArray(e)){for(let i of e)this.recognizeWith(i);return this}let r;if(typeof e=="string"){if(r=this.manager.get(e),!r)throw new Error(`Cannot find recognizer ${e}`)}else r=e;let{simultaneous:n}=this;return n[r.id]||(n[r.id]=r,r.recognizeWith(this)),this}dropRecognizeWith(e){if(Array.isArray(e)){for(let n of e)this.dropRecognizeWith(n);return this}let r;return typeof e=="string"?r=this.manager.get(e):r=e,r&&delete this.simultaneous[r.id],this}requireFailure(e){if(Array.isArray(e)){for(let i of e)this.requireFailure(i);return this}let r;if(typeof e=="string"){if(r=this.manager.get(e),!r)throw new Error(`Cannot find recognizer ${e}`)}else r=e;let{requireFail:n}=this;return n.indexOf(r)===-1&&(n.push(r),r.requireFailure(this)),this}dropRequireFailure(e){if(Array.isArray(e)){for(let n of e)this.dropRequireFailure(n);return this}let r;if(typeof e=="string"?r=this.manager.get(e):r=e,r){let n=this.requireFail.indexOf(r);n>-1&&this.requireFail.splice(n,1)}return this}hasRequireFailures(){return!!this.requireFail.find(e=>e.options.enable)}canRecognizeWith(e){return!!this.simultaneous[e.id]}emit(e){if(!e)return;let{state:r}=this;r<A.Ended&&this.manager.emit(this.options.event+Ah(r),e),this.manager.emit(this.options.event,e),e.additionalEvent&&this.manager.emit(e.additionalEvent,e),r>=A.Ended&&this.manager.emit(this.options.event+Ah(r),e)}tryEmit(e){this.canEmit()?this.emit(e):this.state=A.Failed}canEmit(){let e=0;for(;e<this.requireFail.length;){if(!(this.requireFail[e].state&(A.Failed|A.Possible)))return!1;e++}return!0}recognize(e){let r={...e};if(!this.options.enable){this.reset(),this.state=A.Failed;return}this.state&(A.Recognized|A.Cancelled|A.Failed)&&(this.state=A.Possible),this.state=this.process(r),this.state&(A.Began|A.Changed|A.Ended|A.Cancelled)&&this.tryEmit(r)}getEventNames(){return[this.options.event]}reset(){}};function eI(t){return Math.abs(((t+180)%360+360)%360-180)}function tI(t,e){return(e.distance===void 0||t.distance>=e.distance)&&(e.distancePerPointer===void 0||t.distancePerPointer.length>0&&t.distancePerPointer.every(r=>r>=e.distancePerPointer))&&(e.movementDeltaTime===void 0||t.movementDeltaTime>=e.movementDeltaTime)&&(e.rotation===void 0||eI(t.rotation)>=e.rotation)&&(e.scale===void 0||Math.abs(t.scale-1)>=e.scale)}var Zr=class extends Qe{attrTest(e){let r=this.options.pointers;return r===0||e.pointers.length===r}coherentTest(e){let r=this.options.coherent;return!r?.length||r.some(n=>tI(e,n))}process(e){let{state:r}=this,{eventType:n}=e,i=r&(A.Began|A.Changed),o=this.attrTest(e);return i&&(n&O.Cancel||!o)?r|A.Cancelled:i||o?n&O.End?r|A.Ended:r&A.Began?r|A.Changed:A.Began:A.Failed}};var rI=["","start","move","end","cancel"],$n=class extends Qe{constructor(e={}){super({enable:!0,event:"doubleclickdrag",pointers:1,interval:500,time:350,threshold:28,dragThreshold:1,pixelsPerScale:120,...e}),this._tapStart=null,this._lastTap=null,this._drag=null,this._emittedStart=!1}getTouchAction(){return[qr]}getEventNames(){return rI.map(e=>this.options.event+e)}process(e){let{options:r}=this;return e.pointers.length===r.pointers?e.eventType&O.Start?this._handleStart(e):e.eventType&O.Move?this._handleMove(e):e.eventType&O.Cancel?this._handleEnd(e,!0):e.eventType&O.End?this._handleEnd(e,!1):A.Failed:(this.reset(),A.Failed)}reset(){this._tapStart=null,this._lastTap=null,this._drag=null,this._emittedStart=!1}emit(e){if(e){if(this.state===A.Began){if(!this._drag?.active||this._emittedStart)return;this._emittedStart=!0,this.manager.emit(`${this.options.event}start`,e),this.manager.emit(this.options.event,e);return}if(this.state===A.Changed){if(!this._emittedStart)return;this.manager.emit(`${this.options.event}move`,e),this.manager.emit(this.options.event,e);return}if(this.state===A.Ended){if(!this._emittedStart)return;this.manager.emit(this.options.event,e),this.manager.emit(`${this.options.event}end`,e),this._emittedStart=!1;return}if(this.state===A.Cancelled){if(!this._emittedStart)return;this.manager.emit(this.options.event,e),this.manager.emit(`${this.options.event}cancel`,e),this._emittedStart=!1}}}_handleStart(e){let r=this._getPointerId(e);return this._lastTap&&this._isTapMatch(e,this._lastTap)?(this._tapStart=null,this._lastTap=null,this._drag={startCenter:e.center,pointerId:r,active:!1},this._emittedStart=!1,A.Began):(this._tapStart={center:e.center,timeStamp:e.timeStamp,pointerId:r},this._lastTap=null,this._drag=null,this._emittedStart=!1,A.Failed)}_handleMove(e){if(!this._drag||!this._isSamePointer(e,this._drag.pointerId))return A.Failed;let r=this._drag.startCenter.y-e.center.y;return!this._drag.active&&Math.abs(r)<this.options.dragThreshold?A.Began:(this._drag.active=!0,e.scale=Math.pow(2,r/this.options.pixelsPerScale),this._emittedStart?A.Changed:A.Began)}_handleEnd(e,r){if(this._drag&&this._isSamePointer(e,this._drag.pointerId)){let{active:n,startCenter:i}=this._drag;if(this._drag=null,this._tapStart=null,this._lastTap=null,!n)return this._emittedStart=!1,A.Failed;let o=i.y-e.center.y;return e.scale=Math.pow(2,o/this.options.pixelsPerScale),r?A.Cancelled:A.Ended}return!this._tapStart||!this._isSamePointer(e,this._tapStart.pointerId)?(r&&this.reset(),A.Failed):(this._isValidTap(e)?this._lastTap={center:e.center,timeStamp:e.timeStamp,pointerId:this._tapStart.pointerId}:this._lastTap=null,this._tapStart=null,A.Failed)}_isTapMatch(e,r){return e.timeStamp-r.timeStamp<=this.options.interval&&Un(e.center,r.center)<=this.options.threshold}_isValidTap(e){return e.deltaTime<=this.options.time&&e.distance<=this.options.threshold}_getPointerId(e){return"pointerId"in e.srcEvent?e.srcEvent.pointerId:null}_isSamePointer(e,r){return r===null||this._getPointerId(e)===r}};var Kr=class extends Qe{constructor(e={}){super({enable:!0,event:"tap",pointers:1,taps:1,interval:300,time:250,threshold:9,posThreshold:10,...e}),this.pTime=null,this.pCenter=null,this._timer=null,this._input=null,this.count=0}getTouchAction(){return[qr]}process(e){let{options:r}=this,n=e.pointers.length===r.pointers,i=e.distance<r.threshold,o=e.deltaTime<r.time;if(this.reset(),e.eventType&O.Start&&this.count===0)return this.failTimeout();if(i&&o&&n){if(e.eventType!==O.End)return this.failTimeout();let s=this.pTime?e.timeStamp-this.pTime<r.interval:!0,a=!this.pCenter||Un(this.pCenter,e.center)<r.posThreshold;if(this.pTime=e.timeStamp,this.pCenter=e.center,!a||!s?this.count=1:this.count+=1,this._input=e,this.count%r.taps===0)return this.hasRequireFailures()?(this._timer=setTimeout(()=>{this.state=A.Recognized,this.tryEmit(this._input)},r.interval),A.Began):A.Recognized}return A.Failed}failTimeout(){return this._timer=setTimeout(()=>{this.state=A.Failed},this.options.interval),A.Failed}reset(){clearTimeout(this._timer)}emit(e){this.state===A.Recognized&&(e.tapCount=this.count,this.manager.emit(this.options.event,e))}};var zn=class extends Zr{constructor(){super(...arguments),this.wheelSession=null,this.wheelSessionUnsubscribe=null,this.handleWheelSessionEvent=e=>{e.device==="trackpad"&&this.handleTrackpadEvent(e)}}set(e){let{wheelSession:r,...n}=e;return r&&r!==this.wheelSession&&(this.wheelSessionUnsubscribe?.(),this.wheelSessionUnsubscribe=null,this.wheelSession=r),super.set(n),this.updateWheelSessionSubscription(),this}getTrackpadInput(e,r={}){let{srcEvent:n}=e,i=r.deltaX??e.deltaX,o=r.deltaY??e.deltaY,s=Gn(i,o),a=Math.sqrt(e.deltaX*e.deltaX+e.deltaY*e.deltaY),c=n;return{pointers:[c,c],changedPointers:[c,c],pointerType:"trackpad",srcEvent:c,eventType:e.eventType,timeStamp:e.timeStamp,deltaTime:e.deltaTime,center:e.center,deltaX:i,deltaY:o,angle:Math.atan2(o,i)*180/Math.PI,distance:Math.sqrt(i*i+o*o),distancePerPointer:[a,a],movementDeltaTime:e.deltaTime,scale:1,rotation:0,direction:s,offsetDirection:s,velocity:e.velocity,velocityX:e.velocityX,velocityY:e.velocityY,overallVelocity:e.overallVelocity,overallVelocityX:e.overallVelocityX,overallVelocityY:e.overallVelocityY,maxPointers:2,target:n.target||this.manager.element,additionalEvent:"",...r}}updateWheelSessionSubscription(){let e=!!(this.wheelSession&&this.options.enable&&this.options.trackpad&&this.options.pointers===2);e&&!this.wheelSessionUnsubscribe?this.wheelSessionUnsubscribe=this.wheelSession.on(this.handleWheelSessionEvent):!e&&this.wheelSessionUnsubscribe&&(this.wheelSessionUnsubscribe(),this.wheelSessionUnsubscribe=null)}};var nI=["","start","move","end","cancel","up","down","left","right"],ar=class extends zn{constructor(e={}){super({enable:!0,pointers:1,event:"pan",threshold:10,direction:Y.All,trackpad:!1,coherent:[],...e}),this.trackpadGesture=!1,this.pX=null,this.pY=null}getTouchAction(){let{options:{direction:e}}=this,r=[];return e&Y.Horizontal&&r.push(Ao),e&Y.Vertical&&r.push(Lo),r}getEventNames(){return nI.map(e=>this.options.event+e)}directionTest(e){let{options:r}=this,n=!0,{distance:i}=e,{direction:o}=e,s=e.deltaX,a=e.deltaY;return o&r.direction||(r.direction&Y.Horizontal?(o=s===0?Y.None:s<0?Y.Left:Y.Right,n=s!==this.pX,i=Math.abs(e.deltaX)):(o=a===0?Y.None:a<0?Y.Up:Y.Down,n=a!==this.pY,i=Math.abs(e.deltaY))),e.direction=o,n&&i>r.threshold&&!!(o&r.direction)}attrTest(e){let r=!!(this.state&A.Began),n=!(this.options.coherent?.length&&e.eventType&(O.End|O.Cancel));return super.attrTest(e)&&(r||n&&this.coherentTest(e)&&this.directionTest(e))}emit(e){this.pX=e.deltaX,this.pY=e.deltaY;let r=Y[e.direction].toLowerCase();r&&(e.additionalEvent=this.options.event+r),super.emit(e)}handleTrackpadEvent(e){e.isFirst&&(this.trackpadGesture=!e.srcEvent.ctrlKey,!this.trackpadGesture&&this.state&(A.Recognized|A.Cancelled|A.Failed)&&(this.state=A.Possible)),this.trackpadGesture&&(this.recognize(this.getTrackpadInput(e,{deltaX:-e.deltaX,deltaY:-e.deltaY,velocity:-e.velocity,velocityX:-e.velocityX,velocityY:-e.velocityY,overallVelocity:-e.overallVelocity,overallVelocityX:-e.overallVelocityX,overallVelocityY:-e.overallVelocityY})),e.isFinal&&(this.trackpadGesture=!1))}};var iI=["","start","move","end","cancel","in","out"],Vn=class extends zn{constructor(e={}){super({enable:!0,event:"pinch",threshold:0,pointers:2,trackpad:!1,coherent:[],...e}),this.trackpadGesture=!1}getTouchAction(){return[Xr]}getEventNames(){return iI.map(e=>this.options.event+e)}attrTest(e){let r=!!this.options.coherent?.length,n=!!(this.state&A.Began),i=!(r&&e.eventType&(O.End|O.Cancel));return super.attrTest(e)&&(n||i&&(r?this.coherentTest(e):Math.abs(e.scale-1)>this.options.threshold))}emit(e){if(e.scale!==1){let r=e.scale<1?"in":"out";e.additionalEvent=this.options.event+r}super.emit(e)}handleTrackpadEvent(e){e.isFirst&&(this.trackpadGesture=e.srcEvent.ctrlKey,!this.trackpadGesture&&this.state&(A.Recognized|A.Cancelled|A.Failed)&&(this.state=A.Possible)),this.trackpadGesture&&(this.recognize(this.getTrackpadInput(e,{deltaX:0,deltaY:0,velocity:0,velocityX:0,velocityY:0,overallVelocity:0,overallVelocityX:0,overallVelocityY:0,scale:Math.exp(-e.deltaY/100)})),e.isFinal&&(this.trackpadGesture=!1))}};var xt=class{constructor(e,r,n){this.element=e,this.callback=r,this.options=n}listen(e,r){r?this.element.addEventListener(e,this.handleEvent,{passive:!1}):this.element.removeEventListener(e,this.handleEvent)}};var o0=typeof navigator<"u"&&navigator.userAgent?navigator.userAgent.toLowerCase():"";var cI=o0.indexOf("firefox")!==-1,lI=40,uI=.25,xc=class extends xt{constructor(e,r,n){n.enable=n.enable??!1,super(e,r,n),this.handleEvent=i=>{if(!this.options.enable)return;let o=i.deltaY;globalThis.WheelEvent&&(cI&&i.deltaMode===globalThis.WheelEvent.DOM_DELTA_PIXEL&&(o/=globalThis.devicePixelRatio),i.deltaMode===globalThis.WheelEvent.DOM_DELTA_LINE&&(o*=lI)),i.shiftKey&&o&&(o=o*uI),this.callback({type:"wheel",center:{x:i.clientX,y:i.clientY},delta:-o,device:this.options.wheelSession?.device??"unknown",srcEvent:i,pointerType:"mouse",target:i.target})},n.enable&&(this.wheelSessionUnsubscribe=this.options.wheelSession?.on(()=>{}),this.listen("wheel",!0))}destroy(){this.listen("wheel",!1),this.wheelSessionUnsubscribe?.(),this.wheelSessionUnsubscribe=void 0}enableEventType(e,r){e==="wheel"&&this.options.enable!==r&&(this.options.enable=r,r&&!this.wheelSessionUnsubscribe&&(this.wheelSessionUnsubscribe=this.options.wheelSession?.on(()=>{})),this.listen("wheel",r),r||(this.wheelSessionUnsubscribe?.(),this.wheelSessionUnsubscribe=void 0))}};var fI=4.000244140625,s0=40,dI=0,hI=1,pI=40,a0=40,mI=120,gI={classificationDelay:32,endDelay:80},wc=class{constructor(e,r={}){this.subscriptions=new Map,this.session=null,this.classificationTimer=null,this.endTimer=null,this.pressedControlKeys=new Set,this.listeningForControlKeys=!1,this.handleEvent=n=>{if(!this.hasSubscribers)return"unknown";let i=yI(n,this.pressedControlKeys.size>0),o=this.session;if(o&&i.timeStamp-o.lastTimeStamp>=this.options.endDelay){if(this.end(),!this.hasSubscribers)return"unknown";o=null}o?(this.scheduleEnd(),this.addSample(o,i)):(o=this.startPendingSession(i),this.scheduleEnd());let{device:s}=o;return s==="unknown"&&(s=Ch(o.samples,!1),s!=="unknown"&&this.begin(o,s)),s},this.finishClassification=()=>{if(this.classificationTimer=null,!this.session||this.session.device!=="unknown")return;let n=this.session,i=Ch(n.samples,!0);this.begin(n,i==="unknown"?"mouse":i)},this.end=()=>{if(!this.session)return;if(this.session.device==="unknown"){let i=this.session,o=Ch(i.samples,!0);this.begin(i,o==="unknown"?"mouse":o)}if(!this.session)return;let n=this.session;this.emit(O.End,n.lastEvent),this.reset()},this.handleKeyDown=n=>{n.key==="Control"&&this.pressedControlKeys.add(n.code||n.key)},this.handleKeyUp=n=>{n.key==="Control"&&(n.code?this.pressedControlKeys.delete(n.code):this.pressedControlKeys.clear())},this.handleWindowBlur=()=>{this.pressedControlKeys.clear()},this.element=e,this.options={...gI,...r},this.element?.addEventListener("wheel",this.handleEvent,{passive:!0})}get hasSubscribers(){return this.subscriptions.size>0}get device(){return this.session?.device??"unknown"}on(e){let r={listener:e};return this.subscriptions.set(e,r),this.updateControlKeyEventListeners(),()=>{this.subscriptions.get(e)===r&&this.off(e)}}off(e){this.subscriptions.delete(e),this.updateControlKeyEventListeners(),this.hasSubscribers||this.reset()}cancel(){let e=this.session;e&&e.device!=="unknown"&&this.emit(O.Cancel,e.lastEvent),this.reset()}destroy(){this.cancel(),this.subscriptions.clear(),this.updateControlKeyEventListeners(),this.element?.removeEventListener("wheel",this.handleEvent)}startPendingSession(e){let r={samples:[e],device:"unknown",firstTimeStamp:e.timeStamp,lastTimeStamp:e.timeStamp,totalDeltaX:e.deltaX,totalDeltaY:e.deltaY,velocityX:0,velocityY:0,lastEvent:e.event};return this.session=r,this.classificationTimer=globalThis.setTimeout(this.finishClassification,this.options.classificationDelay),r}addSample(e,r){if(e.samples.push(r),e.lastTimeStamp=r.timeStamp,e.lastEvent=r.event,e.totalDeltaX+=r.deltaX,e.totalDeltaY+=r.deltaY,e.device!=="unknown"){let n=e.samples[e.samples.length-2],i=r.timeStamp-n.timeStamp;e.velocityX=i>0?r.deltaX/i:0,e.velocityY=i>0?r.deltaY/i:0,this.emit(O.Move,r.event,{velocityX:e.velocityX,velocityY:e.velocityY})}}begin(e,r){e.device=r,this.clearClassificationTimer(),this.emit(O.Start,e.samples[0].event);let n=e.lastTimeStamp-e.firstTimeStamp;e.velocityX=n>0?e.totalDeltaX/n:0,e.velocityY=n>0?e.totalDeltaY/n:0,this.emit(O.Move,e.lastEvent,{velocityX:e.velocityX,velocityY:e.velocityY})}scheduleEnd(){this.clearEndTimer(),this.endTimer=globalThis.setTimeout(this.end,this.options.endDelay)}emit(e,r,n){let i=this.session;if(!i||i.device==="unknown")return;let o=e===O.Start,s=e===O.End||e===O.Cancel,a=o?i.firstTimeStamp:i.lastTimeStamp,c=o?0:Math.max(0,a-i.firstTimeStamp),l=o?0:i.totalDeltaX,u=o?0:i.totalDeltaY,f=c>0?l/c:0,d=c>0?u/c:0,h=o?0:n?.velocityX??i.velocityX,p=o?0:n?.velocityY??i.velocityY,g={eventType:e,device:i.device,srcEvent:r,timeStamp:a,center:{x:r.clientX,y:r.clientY},deltaX:l,deltaY:u,deltaTime:c,velocity:Math.abs(h)>Math.abs(p)?h:p,velocityX:h,velocityY:p,overallVelocity:Math.abs(f)>Math.abs(d)?f:d,overallVelocityX:f,overallVelocityY:d,isFirst:o,isFinal:s};for(let{listener:m}of[...this.subscriptions.values()])m(g)}reset(){this.clearClassificationTimer(),this.clearEndTimer(),this.session=null}clearClassificationTimer(){this.classificationTimer!==null&&(globalThis.clearTimeout(this.classificationTimer),this.classificationTimer=null)}clearEndTimer(){this.endTimer!==null&&(globalThis.clearTimeout(this.endTimer),this.endTimer=null)}updateControlKeyEventListeners(){let e=this.hasSubscribers,r=_I();!r||e===this.listeningForControlKeys||(this.listeningForControlKeys=e,e?(r.addEventListener("keydown",this.handleKeyDown,!0),r.addEventListener("keyup",this.handleKeyUp,!0),r.addEventListener("blur",this.handleWindowBlur)):(r.removeEventListener("keydown",this.handleKeyDown,!0),r.removeEventListener("keyup",this.handleKeyUp,!0),r.removeEventListener("blur",this.handleWindowBlur),this.pressedControlKeys.clear()))}};function _I(){return typeof window<"u"?window:globalThis.document?.defaultView}function yI(t,e){let r=t.deltaX,n=t.deltaY;return t.deltaMode===hI&&(r*=s0,n*=s0),{event:t,timeStamp:t.timeStamp,deltaX:r,deltaY:n,isControlKeyDown:e}}function Ch(t,e){return t.some(({event:r,isControlKeyDown:n})=>r.ctrlKey&&!n)?"trackpad":t.some(({event:r})=>r.deltaMode!==dI)||t.some(bI)||t.every(({event:r})=>{let n=r.wheelDelta;return n!==void 0&&Math.abs(n)%40===0})?"mouse":t.some(({deltaX:r})=>r!==0)||t.length>1&&xI(t)?"trackpad":e?"mouse":"unknown"}function bI({event:t,deltaX:e,deltaY:r}){if(e!==0||r===0)return!1;let n=Math.abs(r/fI);if(Number.isInteger(n))return!0;let i=t.wheelDelta;return typeof i=="number"&&i!==0&&i%mI===0}function xI(t){for(let e=0;e<t.length;e++){let r=t[e];if(Math.abs(r.deltaX)>a0||Math.abs(r.deltaY)>a0||e>0&&r.timeStamp-t[e-1].timeStamp>pI)return!1}return!0}var c0=["mousedown","mousemove","mouseup","mouseover","mouseout","mouseenter","mouseleave"],vc=class extends xt{constructor(e,r,n){super(e,r,{enable:!0,...n}),this.handleEvent=o=>{this.handleOverEvent(o),this.handleOutEvent(o),this.handleEnterEvent(o),this.handleLeaveEvent(o),this.handleMoveEvent(o)},this.pressed=!1;let{enable:i=!1}=this.options;this.enableMoveEvent=i,this.enableLeaveEvent=i,this.enableEnterEvent=i,this.enableOutEvent=i,this.enableOverEvent=i,i&&c0.forEach(o=>this.listen(o,!0))}destroy(){c0.forEach(e=>this.listen(e,!1))}enableEventType(e,r){switch(e){case"pointermove":this.enableMoveEvent!==r&&(this.enableMoveEvent=r,this.listen("mousedown",r),this.listen("mousemove",r),this.listen("mouseup",r));break;case"pointerover":this.enableOverEvent!==r&&(this.enableOverEvent=r,this.listen("mouseover",r));break;case"pointerout":this.enableOutEvent!==r&&(this.enableOutEvent=r,this.listen("mouseout",r));break;case"pointerenter":this.enableEnterEvent!==r&&(this.enableEnterEvent=r,this.listen("mouseenter",r));break;case"pointerleave":this.enableLeaveEvent!==r&&(this.enableLeaveEvent=r,this.listen("mouseleave",r));break;default:}}handleOverEvent(e){this.enableOverEvent&&e.type==="mouseover"&&this._emit("pointerover",e)}handleOutEvent(e){this.enableOutEvent&&e.type==="mouseout"&&this._emit("pointerout",e)}handleEnterEvent(e){this.enableEnterEvent&&e.type==="mouseenter"&&this._emit("pointerenter",e)}handleLeaveEvent(e){this.enableLeaveEvent&&e.type==="mouseleave"&&this._emit("pointerleave",e)}handleMoveEvent(e){if(this.enableMoveEvent)switch(e.type){case"mousedown":e.button>=0&&(this.pressed=!0);break;case"mousemove":e.buttons===0&&(this.pressed=!1),this.pressed||this._emit("pointermove",e);break;case"mouseup":this.pressed=!1;break;default:}}_emit(e,r){this.callback({type:e,center:{x:r.clientX,y:r.clientY},srcEvent:r,pointerType:"mouse",target:r.target})}};var l0=["keydown","keyup"],Ec=class extends xt{constructor(e,r,n){super(e,r,{enable:!0,tabIndex:0,...n}),this.handleEvent=o=>{let s=o.target||o.srcElement;s.tagName==="INPUT"&&s.type==="text"||s.tagName==="TEXTAREA"||(this.enableDownEvent&&o.type==="keydown"&&this.callback({type:"keydown",srcEvent:o,key:o.key,target:o.target}),this.enableUpEvent&&o.type==="keyup"&&this.callback({type:"keyup",srcEvent:o,key:o.key,target:o.target}))};let{enable:i=!1}=this.options;this.enableDownEvent=i,this.enableUpEvent=i,e.tabIndex=this.options.tabIndex,e.style.outline="none",i&&l0.forEach(o=>this.listen(o,!0))}destroy(){l0.forEach(e=>this.listen(e,!1))}enableEventType(e,r){e==="keydown"&&this.enableDownEvent!==r&&(this.enableDownEvent=r,this.listen(e,r)),e==="keyup"&&this.enableUpEvent!==r&&(this.enableUpEvent=r,this.listen(e,r))}};var Sc=class extends xt{constructor(e,r,n){n.enable=n.enable??!1,super(e,r,n),this.handleEvent=i=>{this.options.enable&&this.callback({type:"contextmenu",center:{x:i.clientX,y:i.clientY},srcEvent:i,pointerType:"mouse",target:i.target})},n.enable&&this.listen("contextmenu",!0)}destroy(){this.listen("contextmenu",!1)}enableEventType(e,r){e==="contextmenu"&&this.options.enable!==r&&(this.options.enable=r,this.listen("contextmenu",r))}};var wI={pointerdown:1,pointermove:2,pointerup:4,mousedown:1,mousemove:2,mouseup:4},vI=0,EI=1,SI=2,TI=1,PI=2,LI=4;function u0(t){let e=wI[t.srcEvent.type];if(!e)return null;let{buttons:r,button:n}=t.srcEvent,i=!1,o=!1,s=!1;return e===2?(i=!!(r&TI),o=!!(r&LI),s=!!(r&PI)):(i=n===vI,o=n===EI,s=n===SI),{leftButton:i,middleButton:o,rightButton:s}}function f0(t,e){let r=t.center;if(!r)return null;let n=e.getBoundingClientRect(),i=n.width/e.offsetWidth||1,o=n.height/e.offsetHeight||1,s={x:(r.x-n.left-e.clientLeft)/i,y:(r.y-n.top-e.clientTop)/o};return{center:r,offsetCenter:s}}var AI={srcElement:"root",priority:0},Tc=class{constructor(e,r){this.handleEvent=n=>{if(this.isEmpty())return;let i=this._normalizeEvent(n),o=n.srcEvent.target;for(;o&&o!==i.rootElement;){if(this._emit(i,o),i.handled)return;o=o.parentNode}this._emit(i,"root")},this.eventManager=e,this.recognizerName=r,this.handlers=[],this.handlersByElement=new Map,this._active=!1}isEmpty(){return!this._active}add(e,r,n,i=!1,o=!1){let{handlers:s,handlersByElement:a}=this,c={...AI,...n},l=a.get(c.srcElement);l||(l=[],a.set(c.srcElement,l));let u={type:e,handler:r,srcElement:c.srcElement,priority:c.priority};i&&(u.once=!0),o&&(u.passive=!0),s.push(u),this._active=this._active||!u.passive;let f=l.length-1;for(;f>=0&&!(l[f].priority>=u.priority);)f--;l.splice(f+1,0,u)}remove(e,r){let{handlers:n,handlersByElement:i}=this;for(let o=n.length-1;o>=0;o--){let s=n[o];if(s.type===e&&s.handler===r){n.splice(o,1);let a=i.get(s.srcElement);a.splice(a.indexOf(s),1),a.length===0&&i.delete(s.srcElement)}}this._active=n.some(o=>!o.passive)}_emit(e,r){let n=this.handlersByElement.get(r);if(n){let i=!1,o=()=>{e.handled=!0},s=()=>{e.handled=!0,i=!0},a=[];for(let c=0;c<n.length;c++){let{type:l,handler:u,once:f}=n[c];if(u({...e,type:l,stopPropagation:o,stopImmediatePropagation:s}),f&&a.push(n[c]),i)break}for(let c=0;c<a.length;c++){let{type:l,handler:u}=a[c];this.remove(l,u)}}}_normalizeEvent(e){let r=this.eventManager.getElement();return{...e,...u0(e),...f0(e,r),preventDefault:()=>{e.srcEvent.preventDefault()},stopImmediatePropagation:null,stopPropagation:null,handled:!1,rootElement:r}}};function CI(t){if("recognizer"in t)return t;let e,r=Array.isArray(t)?[...t]:[t];if(typeof r[0]=="function"){let n=r.shift(),i=r.shift()||{};e=new n(i)}else e=r.shift();return{recognizer:e,recognizeWith:typeof r[0]=="string"?[r[0]]:r[0],requireFailure:typeof r[1]=="string"?[r[1]]:r[1]}}var Oo=class{constructor(e=null,r={}){if(this._onBasicInput=n=>{this.manager.emit(n.srcEvent.type,n)},this._onOtherEvent=n=>{this.manager.emit(n.type,n)},this.options={recognizers:[],events:{},touchAction:"compute",tabIndex:0,cssProps:{},...r},this.events=new Map,this.element=e,this.wheelSession=new wc(e),!!e){this.manager=new Bo(e,this.options);for(let n of this.options.recognizers){let{recognizer:i,recognizeWith:o,requireFailure:s}=CI(n);this.manager.add(i),o&&i.recognizeWith(o),s&&i.requireFailure(s)}this.manager.on("hammer.input",this._onBasicInput),this.wheelInput=new xc(e,this._onOtherEvent,{enable:!1,wheelSession:this.wheelSession}),this.moveInput=new vc(e,this._onOtherEvent,{enable:!1}),this.keyInput=new Ec(e,this._onOtherEvent,{enable:!1,tabIndex:r.tabIndex}),this.contextmenuInput=new Sc(e,this._onOtherEvent,{enable:!1}),this.on(this.options.events)}}getElement(){return this.element}destroy(){if(!this.element){this.wheelSession.destroy();return}this.wheelInput.destroy(),this.wheelSession.destroy(),this.moveInput.destroy(),this.keyInput.destroy(),this.contextmenuInput.destroy(),this.manager.destroy()}on(e,r,n){this._addEventHandler(e,r,n,!1)}once(e,r,n){this._addEventHandler(e,r,n,!0)}watch(e,r,n){this._addEventHandler(e,r,n,!1,!0)}off(e,r){this._removeEventHandler(e,r)}emit(e){this.manager?.emit(e.type,e)}_toggleRecognizer(e,r){let{manager:n}=this;if(!n)return;let i=n.get(e);i&&(i.set({enable:r,wheelSession:this.wheelSession}),n.touchAction.update()),this.wheelInput?.enableEventType(e,r),this.moveInput?.enableEventType(e,r),this.keyInput?.enableEventType(e,r),this.contextmenuInput?.enableEventType(e,r)}_addEventHandler(e,r,n,i,o){if(typeof e!="string"){n=r;for(let[l,u]of Object.entries(e))this._addEventHandler(l,u,n,i,o);return}let{manager:s,events:a}=this;if(!s)return;let c=a.get(e);if(!c){let l=this._getRecognizerName(e)||e;c=new Tc(this,l),a.set(e,c),s&&s.on(e,c.handleEvent)}c.add(e,r,n,i,o),c.isEmpty()||this._toggleRecognizer(c.recognizerName,!0)}_removeEventHandler(e,r){if(typeof e!="string"){for(let[o,s]of Object.entries(e))this._removeEventHandler(o,s);return}let{events:n}=this,i=n.get(e);if(i&&(i.remove(e,r),i.isEmpty())){let{recognizerName:o}=i,s=!1;for(let a of n.values())if(a.recognizerName===o&&!a.isEmpty()){s=!0;break}s||this._toggleRecognizer(o,!1)}}_getRecognizerName(e){return this.manager.recognizers.find(r=>r.getEventNames().includes(e))?.options.event}};var d0={DEFAULT:"default",LNGLAT:"lnglat",METER_OFFSETS:"meter-offsets",LNGLAT_OFFSETS:"lnglat-offsets",CARTESIAN:"cartesian"};Object.defineProperty(d0,"IDENTITY",{get:()=>(F.deprecated("COORDINATE_SYSTEM.IDENTITY","COORDINATE_SYSTEM.CARTESIAN")(),d0.CARTESIAN)});var ce={WEB_MERCATOR:1,GLOBE:2,WEB_MERCATOR_AUTO_OFFSET:4,IDENTITY:0},Wn={common:0,meters:1,pixels:2},jn={click:"onClick",dblclick:"onClick",panstart:"onDragStart",panmove:"onDrag",panend:"onDragEnd"},Mh={multipan:[ar,{threshold:10,pointers:2,trackpad:!0}],pinch:[Vn,{trackpad:!0},null,["multipan"]],pan:[ar,{threshold:1},["pinch"],["multipan"]],dblclick:[Kr,{event:"dblclick",taps:2,enable:!1}],dblclickdrag:[$n,{event:"dblclickdrag",enable:!1},["dblclick"],null],click:[Kr,{event:"click"},["dblclickdrag"],["dblclick","dblclickdrag"]]};function MI(t,e){if(t===e)return!0;if(Array.isArray(t)){let r=t.length;if(!e||e.length!==r)return!1;for(let n=0;n<r;n++)if(t[n]!==e[n])return!1;return!0}return!1}function wt(t){let e={},r;return n=>{for(let i in n)if(!MI(n[i],e[i])){r=t(n),e=n;break}return r}}var h0=[0,0,0,0],II=[1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,0],p0=[1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1],RI=[0,0,0],m0=[0,0,0],BI={default:-1,cartesian:0,lnglat:1,"meter-offsets":2,"lnglat-offsets":3};function Qr(t){let e=BI[t];if(e===void 0)throw new Error(`Invalid coordinateSystem: ${t}`);return e}var OI=wt(DI);function Ih(t,e,r=m0){r.length<3&&(r=[r[0],r[1],0]);let n=r,i,o=!0;switch(e==="lnglat-offsets"||e==="meter-offsets"?i=r:i=t.isGeospatial?[Math.fround(t.longitude),Math.fround(t.latitude),0]:null,t.projectionMode){case ce.WEB_MERCATOR:(e==="lnglat"||e==="cartesian")&&(i=[0,0,0],o=!1);break;case ce.WEB_MERCATOR_AUTO_OFFSET:e==="lnglat"?n=i:e==="cartesian"&&(n=[Math.fround(t.center[0]),Math.fround(t.center[1]),0],i=t.unprojectPosition(n),n[0]-=r[0],n[1]-=r[1],n[2]-=r[2]);break;case ce.IDENTITY:n=t.position.map(Math.fround),n[2]=n[2]||0;break;case ce.GLOBE:o=!1,i=null;break;default:o=!1}return{geospatialOrigin:i,shaderCoordinateOrigin:n,offsetMode:o}}function kI(t,e,r){let{viewMatrixUncentered:n,projectionMatrix:i}=t,{viewMatrix:o,viewProjectionMatrix:s}=t,a=h0,c=h0,l=t.cameraPosition,{geospatialOrigin:u,shaderCoordinateOrigin:f,offsetMode:d}=Ih(t,e,r);return d&&(c=t.projectPosition(u||f),l=[l[0]-c[0],l[1]-c[1],l[2]-c[2]],c[3]=1,a=Ke.transformMat4([],c,s),o=n||o,s=ne.multiply([],i,o),s=ne.multiply([],s,II)),{viewMatrix:o,viewProjectionMatrix:s,projectionCenter:a,originCommon:c,cameraPosCommon:l,shaderCoordinateOrigin:f,geospatialOrigin:u}}function g0({viewport:t,devicePixelRatio:e=1,modelMatrix:r=null,coordinateSystem:n="default",coordinateOrigin:i=m0,autoWrapLongitude:o=!1}){n==="default"&&(n=t.isGeospatial?"lnglat":"cartesian");let s=OI({viewport:t,devicePixelRatio:e,coordinateSystem:n,coordinateOrigin:i});return s.wrapLongitude=o,s.modelMatrix=r||p0,s}function DI({viewport:t,devicePixelRatio:e,coordinateSystem:r,coordinateOrigin:n}){let{projectionCenter:i,viewProjectionMatrix:o,originCommon:s,cameraPosCommon:a,shaderCoordinateOrigin:c,geospatialOrigin:l}=kI(t,r,n),u=t.getDistanceScales(),f=[t.width*e,t.height*e],d=Ke.transformMat4([],[0,0,-t.focalDistance,1],t.projectionMatrix)[3]||1,h={coordinateSystem:Qr(r),projectionMode:t.projectionMode,coordinateOrigin:c,commonOrigin:s.slice(0,3),center:i,pseudoMeters:!!t._pseudoMeters,viewportSize:f,devicePixelRatio:e,focalDistance:d,commonUnitsPerMeter:u.unitsPerMeter,commonUnitsPerWorldUnit:u.unitsPerMeter,commonUnitsPerWorldUnit2:RI,scale:t.scale,wrapLongitude:!1,viewProjectionMatrix:o,modelMatrix:p0,cameraPosition:a};if(l){let p=t.getDistanceScales(l);switch(r){case"meter-offsets":h.commonUnitsPerWorldUnit=p.unitsPerMeter,h.commonUnitsPerWorldUnit2=p.unitsPerMeter2;break;case"lnglat":case"lnglat-offsets":t._pseudoMeters||(h.commonUnitsPerMeter=p.unitsPerMeter),h.commonUnitsPerWorldUnit=p.unitsPerDegree,h.commonUnitsPerWorldUnit2=p.unitsPerDegree2;break;case"cartesian":h.commonUnitsPerWorldUnit=[1,1,p.unitsPerMeter[2]],h.commonUnitsPerWorldUnit2=[0,0,p.unitsPerMeter2[2]];break;default:break}}if(t.projectionMode===ce.GLOBE&&r==="meter-offsets"){let m=n[0]*Math.PI/180,b=n[1]*Math.PI/180,x=Math.cos(b),y=((n[2]||0)/6370972+1)*256;h.commonOrigin=[Math.sin(m)*x*y,-Math.cos(m)*x*y,Math.sin(b)*y]}return h}var NI=["default","lnglat","meter-offsets","lnglat-offsets","cartesian"],FI=NI.map(t=>`const COORDINATE_SYSTEM_${t.toUpperCase().replaceAll("-","_")}: i32 = ${Qr(t)};`).join(""),UI=Object.keys(ce).map(t=>`const PROJECTION_MODE_${t}: i32 = ${ce[t]};`).join(""),GI=Object.keys(Wn).map(t=>`const UNIT_${t.toUpperCase()}: i32 = ${Wn[t]};`).join(""),$I=`${FI}
${UI}
${GI}

const TILE_SIZE: f32 = 512.0;
const PI: f32 = 3.1415926536;
const WORLD_SCALE: f32 = TILE_SIZE / (PI * 2.0);
const ZERO_64_LOW: vec3<f32> = vec3<f32>(0.0, 0.0, 0.0);
const EARTH_RADIUS: f32 = 6370972.0; // meters
const GLOBE_RADIUS: f32 = 256.0;

// -----------------------------------------------------------------------------
// Uniform block (converted from GLSL uniform block)
// -----------------------------------------------------------------------------
struct ProjectUniforms {
  wrapLongitude: i32,
  coordinateSystem: i32,
  commonUnitsPerMeter: vec3<f32>,
  projectionMode: i32,
  scale: f32,
  commonUnitsPerWorldUnit: vec3<f32>,
  commonUnitsPerWorldUnit2: vec3<f32>,
  center: vec4<f32>,
  modelMatrix: mat4x4<f32>,
  viewProjectionMatrix: mat4x4<f32>,
  viewportSize: vec2<f32>,
  devicePixelRatio: f32,
  focalDistance: f32,
  cameraPosition: vec3<f32>,
  coordinateOrigin: vec3<f32>,
  commonOrigin: vec3<f32>,
  pseudoMeters: i32,
};

@group(0) @binding(auto)
var<uniform> project: ProjectUniforms;

// -----------------------------------------------------------------------------
// Geometry data shared across the project helpers.
// The active layer shader is responsible for populating this private module
// state before calling the project functions below.
// -----------------------------------------------------------------------------

// Structure to carry additional geometry data used by deck.gl filters.
struct Geometry {
  worldPosition: vec3<f32>,
  worldPositionAlt: vec3<f32>,
  position: vec4<f32>,
  normal: vec3<f32>,
  uv: vec2<f32>,
  pickingColor: vec3<f32>,
};

var<private> geometry: Geometry;
`,_0=`${$I}

// -----------------------------------------------------------------------------
// Functions
// -----------------------------------------------------------------------------

// Returns an adjustment factor for commonUnitsPerMeter
fn _project_size_at_latitude(lat: f32) -> f32 {
  let y = clamp(lat, -89.9, 89.9);
  return 1.0 / cos(radians(y));
}

// Overloaded version: scales a value in meters at a given latitude.
fn _project_size_at_latitude_m(meters: f32, lat: f32) -> f32 {
  return meters * project.commonUnitsPerMeter.z * _project_size_at_latitude(lat);
}

// Computes a non-linear scale factor based on geometry.
// (Note: This function relies on "geometry" being provided.)
fn project_size() -> f32 {
  if (project.projectionMode == PROJECTION_MODE_WEB_MERCATOR &&
      project.coordinateSystem == COORDINATE_SYSTEM_LNGLAT &&
      project.pseudoMeters == 0) {
    if (geometry.position.w == 0.0) {
      return _project_size_at_latitude(geometry.worldPosition.y);
    }
    let y: f32 = geometry.position.y / TILE_SIZE * 2.0 - 1.0;
    let y2 = y * y;
    let y4 = y2 * y2;
    let y6 = y4 * y2;
    return 1.0 + 4.9348 * y2 + 4.0587 * y4 + 1.5642 * y6;
  }
  return 1.0;
}

// Overloads to scale offsets (meters to world units)
fn project_size_float(meters: f32) -> f32 {
  return meters * project.commonUnitsPerMeter.z * project_size();
}

fn project_size_vec2(meters: vec2<f32>) -> vec2<f32> {
  return meters * project.commonUnitsPerMeter.xy * project_size();
}

fn project_size_vec3(meters: vec3<f32>) -> vec3<f32> {
  return meters * project.commonUnitsPerMeter * project_size();
}

fn project_size_vec4(meters: vec4<f32>) -> vec4<f32> {
  return vec4<f32>(meters.xyz * project.commonUnitsPerMeter, meters.w);
}

// Returns a rotation matrix aligning the z‑axis with the given up vector.
fn project_get_orientation_matrix(up: vec3<f32>) -> mat3x3<f32> {
  let uz = normalize(up);
  let ux = select(
    vec3<f32>(1.0, 0.0, 0.0),
    normalize(vec3<f32>(uz.y, -uz.x, 0.0)),
    abs(uz.z) == 1.0
  );
  let uy = cross(uz, ux);
  return mat3x3<f32>(ux, uy, uz);
}

// Since WGSL does not support "out" parameters, we return a struct.
struct RotationResult {
  needsRotation: bool,
  transform: mat3x3<f32>,
};

fn project_needs_rotation(commonPosition: vec3<f32>) -> RotationResult {
  if (project.projectionMode == PROJECTION_MODE_GLOBE) {
    return RotationResult(true, project_get_orientation_matrix(commonPosition));
  } else {
    return RotationResult(false, mat3x3<f32>());  // identity alternative if needed
  };
}

// Projects a normal vector from the current coordinate system to world space.
fn project_normal(vector: vec3<f32>) -> vec3<f32> {
  let normal_modelspace = project.modelMatrix * vec4<f32>(vector, 0.0);
  var n = normalize(normal_modelspace.xyz * project.commonUnitsPerMeter);
  let rotResult = project_needs_rotation(geometry.position.xyz);
  if (rotResult.needsRotation) {
    n = rotResult.transform * n;
  }
  return n;
}

// Applies a scale offset based on y-offset (dy)
fn project_offset_(offset: vec4<f32>) -> vec4<f32> {
  let dy: f32 = offset.y;
  let commonUnitsPerWorldUnit = project.commonUnitsPerWorldUnit + project.commonUnitsPerWorldUnit2 * dy;
  return vec4<f32>(offset.xyz * commonUnitsPerWorldUnit, offset.w);
}

// Projects lng/lat coordinates to a unit tile [0,1]
fn project_mercator_(lnglat: vec2<f32>) -> vec2<f32> {
  var x = lnglat.x;
  if (project.wrapLongitude != 0) {
    x = ((x + 180.0) % 360.0) - 180.0;
  }
  let y = clamp(lnglat.y, -89.9, 89.9);
  return vec2<f32>(
    radians(x) + PI,
    PI + log(tan_fp32(PI * 0.25 + radians(y) * 0.5))
  ) * WORLD_SCALE;
}

// Projects lng/lat/z coordinates for a globe projection.
fn project_globe_(lnglatz: vec3<f32>) -> vec3<f32> {
  let lambda = radians(lnglatz.x);
  let phi = radians(lnglatz.y);
  let cosPhi = cos(phi);
  let D = (lnglatz.z / EARTH_RADIUS + 1.0) * GLOBE_RADIUS;
  return vec3<f32>(
    sin(lambda) * cosPhi,
    -cos(lambda) * cosPhi,
    sin(phi)
  ) * D;
}

// Projects positions (with an optional 64-bit low part) from the input
// coordinate system to the common space.
fn project_position_vec4_f64(position: vec4<f32>, position64Low: vec3<f32>) -> vec4<f32> {
  var position_world = project.modelMatrix * position;

  // Work around for a Mac+NVIDIA bug:
  if (project.projectionMode == PROJECTION_MODE_WEB_MERCATOR) {
    if (project.coordinateSystem == COORDINATE_SYSTEM_LNGLAT) {
      return vec4<f32>(
        project_mercator_(position_world.xy),
        _project_size_at_latitude_m(position_world.z, position_world.y),
        position_world.w
      );
    }
    if (project.coordinateSystem == COORDINATE_SYSTEM_CARTESIAN) {
      position_world = vec4f(position_world.xyz + project.coordinateOrigin, position_world.w);
    }
  }
  if (project.projectionMode == PROJECTION_MODE_GLOBE) {
    if (project.coordinateSystem == COORDINATE_SYSTEM_LNGLAT) {
      return vec4<f32>(
        project_globe_(position_world.xyz),
        position_world.w
      );
    }
    if (project.coordinateSystem == COORDINATE_SYSTEM_METER_OFFSETS) {
      let enuMatrix = project_get_orientation_matrix(project.commonOrigin);
      let metersToCommon = GLOBE_RADIUS / EARTH_RADIUS;
      let offsetCommon = (enuMatrix * vec3<f32>(-position_world.x, -position_world.y, position_world.z)) * metersToCommon;
      return vec4<f32>(project.commonOrigin + offsetCommon, position_world.w);
    }
  }
  if (project.projectionMode == PROJECTION_MODE_WEB_MERCATOR_AUTO_OFFSET) {
    if (project.coordinateSystem == COORDINATE_SYSTEM_LNGLAT) {
      if (abs(position_world.y - project.coordinateOrigin.y) > 0.25) {
        return vec4<f32>(
          project_mercator_(position_world.xy) - project.commonOrigin.xy,
          project_size_float(position_world.z),
          position_world.w
        );
      }
    }
  }
  if (project.projectionMode == PROJECTION_MODE_IDENTITY ||
      (project.projectionMode == PROJECTION_MODE_WEB_MERCATOR_AUTO_OFFSET &&
       (project.coordinateSystem == COORDINATE_SYSTEM_LNGLAT ||
        project.coordinateSystem == COORDINATE_SYSTEM_CARTESIAN))) {
    position_world = vec4f(position_world.xyz - project.coordinateOrigin, position_world.w);
  }

  return project_offset_(position_world) +
         project_offset_(project.modelMatrix * vec4<f32>(position64Low, 0.0));
}

// Overloaded versions for different input types.
fn project_position_vec4_f32(position: vec4<f32>) -> vec4<f32> {
  return project_position_vec4_f64(position, ZERO_64_LOW);
}

fn project_position_vec3_f64(position: vec3<f32>, position64Low: vec3<f32>) -> vec3<f32> {
  let projected_position = project_position_vec4_f64(vec4<f32>(position, 1.0), position64Low);
  return projected_position.xyz;
}

fn project_position_vec3_f32(position: vec3<f32>) -> vec3<f32> {
  let projected_position = project_position_vec4_f64(vec4<f32>(position, 1.0), ZERO_64_LOW);
  return projected_position.xyz;
}

fn project_position_vec2_f32(position: vec2<f32>) -> vec2<f32> {
  let projected_position = project_position_vec4_f64(vec4<f32>(position, 0.0, 1.0), ZERO_64_LOW);
  return projected_position.xy;
}

// Transforms a common space position to clip space.
fn project_common_position_to_clipspace_with_projection(position: vec4<f32>, viewProjectionMatrix: mat4x4<f32>, center: vec4<f32>) -> vec4<f32> {
  var clipPosition = viewProjectionMatrix * position + center;
  // deck.gl projection matrices use WebGL's [-w, w] depth range; WebGPU clips z to [0, w].
  clipPosition.z = (clipPosition.z + clipPosition.w) * 0.5;
  return clipPosition;
}

// Uses the project viewProjectionMatrix and center.
fn project_common_position_to_clipspace(position: vec4<f32>) -> vec4<f32> {
  return project_common_position_to_clipspace_with_projection(position, project.viewProjectionMatrix, project.center);
}

// Returns a clip space offset corresponding to a given number of screen pixels.
fn project_pixel_size_to_clipspace(pixels: vec2<f32>) -> vec2<f32> {
  let offset = pixels / project.viewportSize * project.devicePixelRatio * 2.0;
  return offset * project.focalDistance;
}

fn project_meter_size_to_pixel(meters: f32) -> f32 {
  return project_size_float(meters) * project.scale;
}

fn project_unit_size_to_pixel(size: f32, unit: i32) -> f32 {
  if (unit == UNIT_METERS) {
    return project_meter_size_to_pixel(size);
  } else if (unit == UNIT_COMMON) {
    return size * project.scale;
  }
  // UNIT_PIXELS: no scaling applied.
  return size;
}

fn project_pixel_size_float(pixels: f32) -> f32 {
  return pixels / project.scale;
}

fn project_pixel_size_vec2(pixels: vec2<f32>) -> vec2<f32> {
  return pixels / project.scale;
}
`;var zI=["default","lnglat","meter-offsets","lnglat-offsets","cartesian"],VI=zI.map(t=>`const int COORDINATE_SYSTEM_${t.toUpperCase().replaceAll("-","_")} = ${Qr(t)};`).join(""),WI=Object.keys(ce).map(t=>`const int PROJECTION_MODE_${t} = ${ce[t]};`).join(""),jI=Object.keys(Wn).map(t=>`const int UNIT_${t.toUpperCase()} = ${Wn[t]};`).join(""),y0=`${VI}
${WI}
${jI}
layout(std140) uniform projectUniforms {
bool wrapLongitude;
int coordinateSystem;
vec3 commonUnitsPerMeter;
int projectionMode;
float scale;
vec3 commonUnitsPerWorldUnit;
vec3 commonUnitsPerWorldUnit2;
vec4 center;
mat4 modelMatrix;
mat4 viewProjectionMatrix;
vec2 viewportSize;
float devicePixelRatio;
float focalDistance;
vec3 cameraPosition;
vec3 coordinateOrigin;
vec3 commonOrigin;
bool pseudoMeters;
} project;
const float TILE_SIZE = 512.0;
const float PI = 3.1415926536;
const float WORLD_SCALE = TILE_SIZE / (PI * 2.0);
const vec3 ZERO_64_LOW = vec3(0.0);
const float EARTH_RADIUS = 6370972.0;
const float GLOBE_RADIUS = 256.0;
float project_size_at_latitude(float lat) {
float y = clamp(lat, -89.9, 89.9);
return 1.0 / cos(radians(y));
}
float project_size() {
if (project.projectionMode == PROJECTION_MODE_WEB_MERCATOR &&
project.coordinateSystem == COORDINATE_SYSTEM_LNGLAT &&
project.pseudoMeters == false) {
if (geometry.position.w == 0.0) {
return project_size_at_latitude(geometry.worldPosition.y);
}
float y = geometry.position.y / TILE_SIZE * 2.0 - 1.0;
float y2 = y * y;
float y4 = y2 * y2;
float y6 = y4 * y2;
return 1.0 + 4.9348 * y2 + 4.0587 * y4 + 1.5642 * y6;
}
return 1.0;
}
float project_size_at_latitude(float meters, float lat) {
return meters * project.commonUnitsPerMeter.z * project_size_at_latitude(lat);
}
float project_size(float meters) {
return meters * project.commonUnitsPerMeter.z * project_size();
}
vec2 project_size(vec2 meters) {
return meters * project.commonUnitsPerMeter.xy * project_size();
}
vec3 project_size(vec3 meters) {
return meters * project.commonUnitsPerMeter * project_size();
}
vec4 project_size(vec4 meters) {
return vec4(meters.xyz * project.commonUnitsPerMeter, meters.w);
}
mat3 project_get_orientation_matrix(vec3 up) {
vec3 uz = normalize(up);
vec3 ux = abs(uz.z) == 1.0 ? vec3(1.0, 0.0, 0.0) : normalize(vec3(uz.y, -uz.x, 0));
vec3 uy = cross(uz, ux);
return mat3(ux, uy, uz);
}
bool project_needs_rotation(vec3 commonPosition, out mat3 transform) {
if (project.projectionMode == PROJECTION_MODE_GLOBE) {
transform = project_get_orientation_matrix(commonPosition);
return true;
}
return false;
}
vec3 project_normal(vec3 vector) {
vec4 normal_modelspace = project.modelMatrix * vec4(vector, 0.0);
vec3 n = normalize(normal_modelspace.xyz * project.commonUnitsPerMeter);
mat3 rotation;
if (project_needs_rotation(geometry.position.xyz, rotation)) {
n = rotation * n;
}
return n;
}
vec4 project_offset_(vec4 offset) {
float dy = offset.y;
vec3 commonUnitsPerWorldUnit = project.commonUnitsPerWorldUnit + project.commonUnitsPerWorldUnit2 * dy;
return vec4(offset.xyz * commonUnitsPerWorldUnit, offset.w);
}
vec2 project_mercator_(vec2 lnglat) {
float x = lnglat.x;
if (project.wrapLongitude) {
x = mod(x + 180., 360.0) - 180.;
}
float y = clamp(lnglat.y, -89.9, 89.9);
return vec2(
radians(x) + PI,
PI + log(tan_fp32(PI * 0.25 + radians(y) * 0.5))
) * WORLD_SCALE;
}
vec3 project_globe_(vec3 lnglatz) {
float lambda = radians(lnglatz.x);
float phi = radians(lnglatz.y);
float cosPhi = cos(phi);
float D = (lnglatz.z / EARTH_RADIUS + 1.0) * GLOBE_RADIUS;
return vec3(
sin(lambda) * cosPhi,
-cos(lambda) * cosPhi,
sin(phi)
) * D;
}
vec4 project_position(vec4 position, vec3 position64Low) {
vec4 position_world = project.modelMatrix * position;
if (project.projectionMode == PROJECTION_MODE_WEB_MERCATOR) {
if (project.coordinateSystem == COORDINATE_SYSTEM_LNGLAT) {
return vec4(
project_mercator_(position_world.xy),
project_size_at_latitude(position_world.z, position_world.y),
position_world.w
);
}
if (project.coordinateSystem == COORDINATE_SYSTEM_CARTESIAN) {
position_world.xyz += project.coordinateOrigin;
}
}
if (project.projectionMode == PROJECTION_MODE_GLOBE) {
if (project.coordinateSystem == COORDINATE_SYSTEM_LNGLAT) {
return vec4(
project_globe_(position_world.xyz),
position_world.w
);
}
if (project.coordinateSystem == COORDINATE_SYSTEM_METER_OFFSETS) {
mat3 enuMatrix = project_get_orientation_matrix(project.commonOrigin);
float metersToCommon = GLOBE_RADIUS / EARTH_RADIUS;
vec3 offsetCommon = (enuMatrix * vec3(-position_world.xy, position_world.z)) * metersToCommon;
return vec4(project.commonOrigin + offsetCommon, position_world.w);
}
}
if (project.projectionMode == PROJECTION_MODE_WEB_MERCATOR_AUTO_OFFSET) {
if (project.coordinateSystem == COORDINATE_SYSTEM_LNGLAT) {
if (abs(position_world.y - project.coordinateOrigin.y) > 0.25) {
return vec4(
project_mercator_(position_world.xy) - project.commonOrigin.xy,
project_size(position_world.z),
position_world.w
);
}
}
}
if (project.projectionMode == PROJECTION_MODE_IDENTITY ||
(project.projectionMode == PROJECTION_MODE_WEB_MERCATOR_AUTO_OFFSET &&
(project.coordinateSystem == COORDINATE_SYSTEM_LNGLAT ||
project.coordinateSystem == COORDINATE_SYSTEM_CARTESIAN))) {
position_world.xyz -= project.coordinateOrigin;
}
return project_offset_(position_world) + project_offset_(project.modelMatrix * vec4(position64Low, 0.0));
}
vec4 project_position(vec4 position) {
return project_position(position, ZERO_64_LOW);
}
vec3 project_position(vec3 position, vec3 position64Low) {
vec4 projected_position = project_position(vec4(position, 1.0), position64Low);
return projected_position.xyz;
}
vec3 project_position(vec3 position) {
vec4 projected_position = project_position(vec4(position, 1.0), ZERO_64_LOW);
return projected_position.xyz;
}
vec2 project_position(vec2 position) {
vec4 projected_position = project_position(vec4(position, 0.0, 1.0), ZERO_64_LOW);
return projected_position.xy;
}
vec4 project_common_position_to_clipspace(vec4 position, mat4 viewProjectionMatrix, vec4 center) {
return viewProjectionMatrix * position + center;
}
vec4 project_common_position_to_clipspace(vec4 position) {
return project_common_position_to_clipspace(position, project.viewProjectionMatrix, project.center);
}
vec2 project_pixel_size_to_clipspace(vec2 pixels) {
vec2 offset = pixels / project.viewportSize * project.devicePixelRatio * 2.0;
return offset * project.focalDistance;
}
float project_size_to_pixel(float meters) {
return project_size(meters) * project.scale;
}
vec2 project_size_to_pixel(vec2 meters) {
return project_size(meters) * project.scale;
}
float project_size_to_pixel(float size, int unit) {
if (unit == UNIT_METERS) return project_size_to_pixel(size);
if (unit == UNIT_COMMON) return size * project.scale;
return size;
}
float project_pixel_size(float pixels) {
return pixels / project.scale;
}
vec2 project_pixel_size(vec2 pixels) {
return pixels / project.scale;
}
`;var HI={};function YI(t=HI){return"viewport"in t?g0(t):{}}var Hn={name:"project",dependencies:[Hr,mc],source:_0,vs:y0,getUniforms:YI,uniformTypes:{wrapLongitude:"f32",coordinateSystem:"i32",commonUnitsPerMeter:"vec3<f32>",projectionMode:"i32",scale:"f32",commonUnitsPerWorldUnit:"vec3<f32>",commonUnitsPerWorldUnit2:"vec3<f32>",center:"vec4<f32>",modelMatrix:"mat4x4<f32>",viewProjectionMatrix:"mat4x4<f32>",viewportSize:"vec2<f32>",devicePixelRatio:"f32",focalDistance:"f32",cameraPosition:"vec3<f32>",coordinateOrigin:"vec3<f32>",commonOrigin:"vec3<f32>",pseudoMeters:"f32"}};var qI=`// Define a structure to hold both the clip-space position and the common position.
struct ProjectResult {
  clipPosition: vec4<f32>,
  commonPosition: vec4<f32>,
};

// This function mimics the GLSL version with the 'out' parameter by returning both values.
fn project_position_to_clipspace_and_commonspace(
    position: vec3<f32>,
    position64Low: vec3<f32>,
    offset: vec3<f32>
) -> ProjectResult {
  // Compute the projected position.
  let projectedPosition: vec3<f32> = project_position_vec3_f64(position, position64Low);

  // Start with the provided offset.
  var finalOffset: vec3<f32> = offset;

  // Get whether a rotation is needed and the rotation matrix.
  let rotationResult = project_needs_rotation(projectedPosition);

  // If rotation is needed, update the offset.
  if (rotationResult.needsRotation) {
    finalOffset = rotationResult.transform * offset;
  }

  // Compute the common position.
  let commonPosition: vec4<f32> = vec4<f32>(projectedPosition + finalOffset, 1.0);

  // Convert to clip-space.
  let clipPosition: vec4<f32> = project_common_position_to_clipspace(commonPosition);

  return ProjectResult(clipPosition, commonPosition);
}

// A convenience overload that returns only the clip-space position.
fn project_position_to_clipspace(
    position: vec3<f32>,
    position64Low: vec3<f32>,
    offset: vec3<f32>
) -> vec4<f32> {
  return project_position_to_clipspace_and_commonspace(position, position64Low, offset).clipPosition;
}
`,XI=`vec4 project_position_to_clipspace(
  vec3 position, vec3 position64Low, vec3 offset, out vec4 commonPosition
) {
  vec3 projectedPosition = project_position(position, position64Low);
  mat3 rotation;
  if (project_needs_rotation(projectedPosition, rotation)) {
    // offset is specified as ENU
    // when in globe projection, rotate offset so that the ground alighs with the surface of the globe
    offset = rotation * offset;
  }
  commonPosition = vec4(projectedPosition + offset, 1.0);
  return project_common_position_to_clipspace(commonPosition);
}

vec4 project_position_to_clipspace(
  vec3 position, vec3 position64Low, vec3 offset
) {
  vec4 commonPosition;
  return project_position_to_clipspace(position, position64Low, offset, commonPosition);
}
`,Pc={name:"project32",dependencies:[Hn],source:qI,vs:XI};ae();ae();function Rh(){return[1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]}function cr(t,e){let r=Ke.transformMat4([],e,t);return Ke.scale(r,r,1/r[3]),r}function b0(t,e,r){return r*e+(1-r)*t}function ko(t,e,r){return t<e?e:t>r?r:t}function ZI(t){return Math.log(t)*Math.LOG2E}var Do=Math.log2||ZI;ae();function Je(t,e){if(!t)throw new Error(e||"@math.gl/web-mercator: assertion failed.")}var et=Math.PI,x0=et/4,Ye=et/180,Bh=180/et,Yn=512,Lc=4003e4,qn=85.051129,w0=1.5;function No(t){return Math.pow(2,t)}function Ac(t){return Do(t)}function Ce(t){let[e,r]=t;Je(Number.isFinite(e)),Je(Number.isFinite(r)&&r>=-90&&r<=90,"invalid latitude");let n=e*Ye,i=r*Ye,o=Yn*(n+et)/(2*et),s=Yn*(et+Math.log(Math.tan(x0+i*.5)))/(2*et);return[o,s]}function Me(t){let[e,r]=t,n=e/Yn*(2*et)-et,i=2*(Math.atan(Math.exp(r/Yn*(2*et)-et))-x0);return[n*Bh,i*Bh]}function Oh(t){let{latitude:e}=t;Je(Number.isFinite(e));let r=Math.cos(e*Ye);return Ac(Lc*r)-9}function Fo(t){let e=Math.cos(t*Ye);return Yn/Lc/e}function Xn(t){let{latitude:e,longitude:r,highPrecision:n=!1}=t;Je(Number.isFinite(e)&&Number.isFinite(r));let i=Yn,o=Math.cos(e*Ye),s=i/360,a=s/o,c=i/Lc/o,l={unitsPerMeter:[c,c,c],metersPerUnit:[1/c,1/c,1/c],unitsPerDegree:[s,a,c],degreesPerUnit:[1/s,1/a,1/c]};if(n){let u=Ye*Math.tan(e*Ye)/o,f=s*u/2,d=i/Lc*u,h=d/a*c;l.unitsPerDegree2=[0,f,d],l.unitsPerMeter2=[h,0,h]}return l}function Uo(t,e){let[r,n,i]=t,[o,s,a]=e,{unitsPerMeter:c,unitsPerMeter2:l}=Xn({longitude:r,latitude:n,highPrecision:!0}),u=Ce(t);u[0]+=o*(c[0]+l[0]*s),u[1]+=s*(c[1]+l[1]*s);let f=Me(u),d=(i||0)+(a||0);return Number.isFinite(i)||Number.isFinite(a)?[f[0],f[1],d]:f}function Cc(t){let{height:e,pitch:r,bearing:n,altitude:i,scale:o,center:s}=t,a=Rh();ne.translate(a,a,[0,0,-i]),ne.rotateX(a,a,-r*Ye),ne.rotateZ(a,a,n*Ye);let c=o/e;return ne.scale(a,a,[c,c,c]),s&&ne.translate(a,a,jr.negate([],s)),a}function kh(t){let{width:e,height:r,altitude:n,pitch:i=0,offset:o,center:s,scale:a,nearZMultiplier:c=1,farZMultiplier:l=1}=t,{fovy:u=Jr(w0)}=t;n!==void 0&&(u=Jr(n));let f=u*Ye,d=i*Ye,h=Go(u),p=h;s&&(p+=s[2]*a/Math.cos(d)/r);let g=f*(.5+(o?o[1]:0)/r),m=Math.sin(g)*p/Math.sin(ko(Math.PI/2-d-g,.01,Math.PI-.01)),b=Math.sin(d)*m+p,x=p*10,y=Math.min(b*l,x);return{fov:f,aspect:e/r,focalDistance:h,near:c,far:y}}function Jr(t){return 2*Math.atan(.5/t)*Bh}function Go(t){return .5/Math.tan(.5*t*Ye)}function lr(t,e){let[r,n,i=0]=t;return Je(Number.isFinite(r)&&Number.isFinite(n)&&Number.isFinite(i)),cr(e,[r,n,i,1])}function ur(t,e,r=0){let[n,i,o]=t;if(Je(Number.isFinite(n)&&Number.isFinite(i),"invalid pixel coordinate"),Number.isFinite(o))return cr(e,[n,i,o,1]);let s=cr(e,[n,i,0,1]),a=cr(e,[n,i,1,1]),c=s[2],l=a[2],u=c===l?0:((r||0)-c)/(l-c);return he.lerp([],s,a,u)}function Mc(t){let{width:e,height:r,bounds:n,minExtent:i=0,maxZoom:o=24,offset:s=[0,0]}=t,[[a,c],[l,u]]=n,f=KI(t.padding),d=Ce([a,ko(u,-qn,qn)]),h=Ce([l,ko(c,-qn,qn)]),p=[Math.max(Math.abs(h[0]-d[0]),i),Math.max(Math.abs(h[1]-d[1]),i)],g=[e-f.left-f.right-Math.abs(s[0])*2,r-f.top-f.bottom-Math.abs(s[1])*2];Je(g[0]>0&&g[1]>0);let m=g[0]/p[0],b=g[1]/p[1],x=(f.right-f.left)/2/m,y=(f.top-f.bottom)/2/b,w=[(h[0]+d[0])/2+x,(h[1]+d[1])/2+y],v=Me(w),E=Math.min(o,Do(Math.abs(Math.min(m,b))));return Je(Number.isFinite(E)),{longitude:v[0],latitude:v[1],zoom:E}}function KI(t=0){return typeof t=="number"?{top:t,bottom:t,left:t,right:t}:(Je(Number.isFinite(t.top)&&Number.isFinite(t.bottom)&&Number.isFinite(t.left)&&Number.isFinite(t.right)),t)}ae();var v0=Math.PI/180;function Ic(t,e=0){let{width:r,height:n,unproject:i}=t,o={targetZ:e},s=i([0,n],o),a=i([r,n],o),c,l,u=t.fovy?.5*t.fovy*v0:Math.atan(.5/t.altitude),f=(90-t.pitch)*v0;return u>f-.01?(c=E0(t,0,e),l=E0(t,r,e)):(c=i([0,0],o),l=i([r,0],o)),[s,a,l,c]}function E0(t,e,r){let{pixelUnprojectionMatrix:n}=t,i=cr(n,[e,0,1,1]),o=cr(n,[e,t.height,1,1]),a=(r*t.distanceScales.unitsPerMeter[2]-i[2])/(o[2]-i[2]),c=he.lerp([],i,o,a),l=Me(c);return l.push(r),l}ae();var S0=.01,JI=["longitude","latitude","zoom"],T0={curve:1.414,speed:1.2};function Dh(t,e,r,n){let{startZoom:i,startCenterXY:o,uDelta:s,w0:a,u1:c,S:l,rho:u,rho2:f,r0:d}=P0(t,e,n);if(c<S0){let w={};for(let v of JI){let E=t[v],P=e[v];w[v]=b0(E,P,r)}return w}let h=r*l,p=Math.cosh(d)/Math.cosh(d+u*h),g=a*((Math.cosh(d)*Math.tanh(d+u*h)-Math.sinh(d))/f)/c,m=1/p,b=i+Ac(m),x=he.scale([],s,g);he.add(x,x,o);let y=Me(x);return{longitude:y[0],latitude:y[1],zoom:b}}function Nh(t,e,r){let n={...T0,...r},{screenSpeed:i,speed:o,maxDuration:s}=n,{S:a,rho:c}=P0(t,e,n),l=1e3*a,u;return Number.isFinite(i)?u=l/(i/c):u=l/o,Number.isFinite(s)&&u>s?0:u}function P0(t,e,r){r=Object.assign({},T0,r);let n=r.curve,i=t.zoom,o=[t.longitude,t.latitude],s=No(i),a=e.zoom,c=[e.longitude,e.latitude],l=No(a-i),u=Ce(o),f=Ce(c),d=he.sub([],f,u),h=Math.max(t.width,t.height),p=h/l,g=he.length(d)*s,m=Math.max(g,S0),b=n*n,x=(p*p-h*h+b*b*m*m)/(2*h*b*m),y=(p*p-h*h-b*b*m*m)/(2*p*b*m),w=Math.log(Math.sqrt(x*x+1)-x),v=Math.log(Math.sqrt(y*y+1)-y),E=(v-w)/n;return{startZoom:i,startCenterXY:u,uDelta:d,w0:h,u1:g,S:E,rho:n,rho2:b,r0:w,r1:v}}var L0=`
layout(std140) uniform shadowUniforms {
  bool drawShadowMap;
  bool useShadowMap;
  vec4 color;
  highp int lightId;
  float lightCount;
  mat4 viewProjectionMatrix0;
  mat4 viewProjectionMatrix1;
  vec4 projectCenter0;
  vec4 projectCenter1;
} shadow;
`,tR=`
const int max_lights = 2;

out vec3 shadow_vPosition[max_lights];

vec4 shadow_setVertexPosition(vec4 position_commonspace) {
  mat4 viewProjectionMatrices[max_lights];
  viewProjectionMatrices[0] = shadow.viewProjectionMatrix0;
  viewProjectionMatrices[1] = shadow.viewProjectionMatrix1;
  vec4 projectCenters[max_lights];
  projectCenters[0] = shadow.projectCenter0;
  projectCenters[1] = shadow.projectCenter1;

  if (shadow.drawShadowMap) {
    return project_common_position_to_clipspace(position_commonspace, viewProjectionMatrices[shadow.lightId], projectCenters[shadow.lightId]);
  }
  if (shadow.useShadowMap) {
    for (int i = 0; i < max_lights; i++) {
      if(i < int(shadow.lightCount)) {
        vec4 shadowMap_position = project_common_position_to_clipspace(position_commonspace, viewProjectionMatrices[i], projectCenters[i]);
        shadow_vPosition[i] = (shadowMap_position.xyz / shadowMap_position.w + 1.0) / 2.0;
      }
    }
  }
  return gl_Position;
}
`,rR=`
${L0}
${tR}
`,nR=`
const int max_lights = 2;
uniform sampler2D shadow_uShadowMap0;
uniform sampler2D shadow_uShadowMap1;

in vec3 shadow_vPosition[max_lights];

const vec4 bitPackShift = vec4(1.0, 255.0, 65025.0, 16581375.0);
const vec4 bitUnpackShift = 1.0 / bitPackShift;
const vec4 bitMask = vec4(1.0 / 255.0, 1.0 / 255.0, 1.0 / 255.0,  0.0);

float shadow_getShadowWeight(vec3 position, sampler2D shadowMap) {
  vec4 rgbaDepth = texture(shadowMap, position.xy);

  float z = dot(rgbaDepth, bitUnpackShift);
  return smoothstep(0.001, 0.01, position.z - z);
}

vec4 shadow_filterShadowColor(vec4 color) {
  if (shadow.drawShadowMap) {
    vec4 rgbaDepth = fract(gl_FragCoord.z * bitPackShift);
    rgbaDepth -= rgbaDepth.gbaa * bitMask;
    return rgbaDepth;
  }
  if (shadow.useShadowMap) {
    float shadowAlpha = 0.0;
    shadowAlpha += shadow_getShadowWeight(shadow_vPosition[0], shadow_uShadowMap0);
    if(shadow.lightCount > 1.0) {
      shadowAlpha += shadow_getShadowWeight(shadow_vPosition[1], shadow_uShadowMap1);
    }
    shadowAlpha *= shadow.color.a / shadow.lightCount;
    float blendedAlpha = shadowAlpha + color.a * (1.0 - shadowAlpha);

    return vec4(
      mix(color.rgb, shadow.color.rgb, shadowAlpha / blendedAlpha),
      blendedAlpha
    );
  }
  return color;
}
`,iR=`
${L0}
${nR}
`,oR=wt(uR),sR=wt(fR),aR=[0,0,0,1],cR=[1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,0];function lR(t,e){let[r,n,i]=t,o=ur([r,n,i],e);return Number.isFinite(i)?o:[o[0],o[1],0]}function uR({viewport:t,center:e}){return new ue(t.viewProjectionMatrix).invert().transform(e)}function fR({viewport:t,shadowMatrices:e}){let r=[],n=t.pixelUnprojectionMatrix,i=t.isGeospatial?void 0:1,o=[[0,0,i],[t.width,0,i],[0,t.height,i],[t.width,t.height,i],[0,0,-1],[t.width,0,-1],[0,t.height,-1],[t.width,t.height,-1]].map(s=>lR(s,n));for(let s of e){let a=s.clone().translate(new pe(t.center).negate()),c=o.map(u=>a.transform(u)),l=new ue().ortho({left:Math.min(...c.map(u=>u[0])),right:Math.max(...c.map(u=>u[0])),bottom:Math.min(...c.map(u=>u[1])),top:Math.max(...c.map(u=>u[1])),near:Math.min(...c.map(u=>-u[2])),far:Math.max(...c.map(u=>-u[2]))});r.push(l.multiplyRight(s))}return r}function dR(t){let{shadowEnabled:e=!0,project:r}=t;if(!e||!r||!t.shadowMatrices||!t.shadowMatrices.length)return{drawShadowMap:!1,useShadowMap:!1,shadow_uShadowMap0:t.dummyShadowMap,shadow_uShadowMap1:t.dummyShadowMap};let n=Hn.getUniforms(r),i=oR({viewport:r.viewport,center:n.center}),o=[],s=sR({shadowMatrices:t.shadowMatrices,viewport:r.viewport}).slice();for(let c=0;c<t.shadowMatrices.length;c++){let l=s[c],u=l.clone().translate(new pe(r.viewport.center).negate());n.coordinateSystem===Qr("lnglat")&&n.projectionMode===ce.WEB_MERCATOR?(s[c]=u,o[c]=i):(s[c]=l.clone().multiplyRight(cR),o[c]=u.transform(i))}let a={drawShadowMap:!!t.drawToShadowMap,useShadowMap:t.shadowMaps?t.shadowMaps.length>0:!1,color:t.shadowColor||aR,lightId:t.shadowLightId||0,lightCount:t.shadowMatrices.length,shadow_uShadowMap0:t.dummyShadowMap,shadow_uShadowMap1:t.dummyShadowMap};for(let c=0;c<s.length;c++)a[`viewProjectionMatrix${c}`]=s[c],a[`projectCenter${c}`]=o[c];for(let c=0;c<2;c++)a[`shadow_uShadowMap${c}`]=t.shadowMaps&&t.shadowMaps[c]||t.dummyShadowMap;return a}var Rc={name:"shadow",dependencies:[Hn],vs:rR,fs:iR,inject:{"vs:DECKGL_FILTER_GL_POSITION":`
    position = shadow_setVertexPosition(geometry.position);
    `,"fs:DECKGL_FILTER_COLOR":`
    color = shadow_filterShadowColor(color);
    `},getUniforms:dR,uniformTypes:{drawShadowMap:"f32",useShadowMap:"f32",color:"vec4<f32>",lightId:"i32",lightCount:"f32",viewProjectionMatrix0:"mat4x4<f32>",viewProjectionMatrix1:"mat4x4<f32>",projectCenter0:"vec4<f32>",projectCenter1:"vec4<f32>"}};Ae();var Bc=10,$o=16777215;function C0(t,e){t.length===Bc?F.warn(`pickMultipleObjects can only exclude ${Bc} previously picked objects for layers without picking buffers`)():t.push(e)}var hR=`  float disabledPickingIndexCount;
  vec4 disabledPickingIndices0;
  vec4 disabledPickingIndices1;
  vec4 disabledPickingIndices2;
`;function A0(t){return t.replace(`  vec4 highlightColor;
} picking;`,`  vec4 highlightColor;
${hR}} picking;`)}function Fh(t,e){return[t[e]||0,t[e+1]||0,t[e+2]||0,t[e+3]||0]}var pR=`vec3 picking_getPickingColorFromIndex(float objectIndex) {
  if (objectIndex < 0.0 || objectIndex >= ${$o}.0) {
    return vec3(0.0);
  }

  for (int i = 0; i < ${Bc}; i++) {
    if (float(i) >= picking.disabledPickingIndexCount) {
      break;
    }
    vec4 disabledIndices = i < 4
      ? picking.disabledPickingIndices0
      : (i < 8 ? picking.disabledPickingIndices1 : picking.disabledPickingIndices2);
    float disabledIndex = disabledIndices[i - (i / 4) * 4];
    if (disabledIndex == objectIndex) {
      return vec3(0.0);
    }
  }

  float encodedIndex = objectIndex + 1.0;
  return vec3(
    mod(encodedIndex, 256.0),
    mod(floor(encodedIndex / 256.0), 256.0),
    mod(floor(encodedIndex / 65536.0), 256.0)
  );
}

vec3 picking_getPickingColorFromIndex(uint objectIndex) {
  return picking_getPickingColorFromIndex(float(objectIndex));
}

vec3 picking_getPickingColorFromInstanceID() {
  return picking_getPickingColorFromIndex(float(gl_InstanceID));
}

void picking_setPickingColorFromInstanceID() {
  picking_setPickingColor(picking_getPickingColorFromInstanceID());
}
`,mR=`struct pickingUniforms {
  isActive: f32,
  isAttribute: f32,
  isHighlightActive: f32,
  useByteColors: f32,
  highlightedObjectColor: vec3<f32>,
  highlightColor: vec4<f32>,
  disabledPickingIndexCount: f32,
  disabledPickingIndices0: vec4<f32>,
  disabledPickingIndices1: vec4<f32>,
  disabledPickingIndices2: vec4<f32>,
};

@group(0) @binding(auto) var<uniform> picking: pickingUniforms;

fn picking_normalizeColor(color: vec3<f32>) -> vec3<f32> {
  return select(color, color / 255.0, picking.useByteColors > 0.5);
}

fn picking_normalizeColor4(color: vec4<f32>) -> vec4<f32> {
  return select(color, color / 255.0, picking.useByteColors > 0.5);
}

fn picking_isColorZero(color: vec3<f32>) -> bool {
  return dot(color, vec3<f32>(1.0)) < 0.00001;
}

fn picking_isColorValid(color: vec3<f32>) -> bool {
  return dot(color, vec3<f32>(1.0)) > 0.00001;
}

fn picking_getPickingColorFromIndex(objectIndex: u32) -> vec3<f32> {
  if (objectIndex >= ${$o}u) {
    return vec3<f32>(0.0);
  }

  for (var i = 0; i < ${Bc}; i = i + 1) {
    if (f32(i) >= picking.disabledPickingIndexCount) {
      break;
    }
    let disabledIndices = select(
      picking.disabledPickingIndices2,
      select(picking.disabledPickingIndices1, picking.disabledPickingIndices0, i < 4),
      i < 8
    );
    let disabledIndex = disabledIndices[i % 4];
    if (disabledIndex == f32(objectIndex)) {
      return vec3<f32>(0.0);
    }
  }

  let encodedIndex = objectIndex + 1u;
  return vec3<f32>(
    f32(encodedIndex % 256u),
    f32((encodedIndex / 256u) % 256u),
    f32((encodedIndex / 65536u) % 256u)
  ) / 255.0;
}
`,Oc={...sr,vs:`${A0(sr.vs)}
${pR}`,fs:A0(sr.fs),source:mR,uniformTypes:{...sr.uniformTypes,disabledPickingIndexCount:"f32",disabledPickingIndices0:"vec4<f32>",disabledPickingIndices1:"vec4<f32>",disabledPickingIndices2:"vec4<f32>"},defaultUniforms:{...sr.defaultUniforms,useByteColors:!0,disabledPickingIndexCount:0,disabledPickingIndices0:[0,0,0,0],disabledPickingIndices1:[0,0,0,0],disabledPickingIndices2:[0,0,0,0]},getUniforms(t,e){let r=sr.getUniforms(t,e),n=t.disabledPickingIndices||[];return r.disabledPickingIndexCount=n.length,r.disabledPickingIndices0=Fh(n,0),r.disabledPickingIndices1=Fh(n,4),r.disabledPickingIndices2=Fh(n,8),r},inject:{"vs:DECKGL_FILTER_GL_POSITION":`
    // for picking depth values
    picking_setPickingAttribute(position.z / position.w);
  `,"vs:DECKGL_FILTER_COLOR":`
  picking_setPickingColor(geometry.pickingColor);
  `,"fs:DECKGL_FILTER_COLOR":{order:99,injection:`
  // use highlight color if this fragment belongs to the selected object.
  color = picking_filterHighlightColor(color);

  // use picking color if rendering to picking FBO.
  color = picking_filterPickingColor(color);
    `}}};var _R=[mc],yR=["vs:DECKGL_FILTER_SIZE(inout vec3 size, VertexGeometry geometry)","vs:DECKGL_FILTER_GL_POSITION(inout vec4 position, VertexGeometry geometry)","vs:DECKGL_FILTER_COLOR(inout vec4 color, VertexGeometry geometry)","fs:DECKGL_FILTER_COLOR(inout vec4 color, FragmentGeometry geometry)"],bR=[];function M0(t){let e=je.getDefaultShaderAssembler(t);for(let n of _R)e.addDefaultModule(n);e._hookFunctions.length=0;let r=t==="glsl"?yR:bR;for(let n of r)e.addShaderHook(n);return e}var xR=[255,255,255],wR=1,vR=0,kc=class{constructor(e={}){this.type="ambient";let{color:r=xR}=e,{intensity:n=wR}=e;this.id=e.id||`ambient-${vR++}`,this.color=r,this.intensity=n}};ae();var ER=[255,255,255],SR=1,TR=[0,0,-1],PR=0,zo=class{constructor(e={}){this.type="directional";let{color:r=ER}=e,{intensity:n=SR}=e,{direction:i=TR}=e,{_shadow:o=!1}=e;this.id=e.id||`directional-${PR++}`,this.color=r,this.intensity=n,this.type="directional",this.direction=new pe(i).normalize().toArray(),this.shadow=o}getProjectedLight(e){return this}};ae();var Vo=class{constructor(e,r={id:"pass"}){let{id:n}=r;this.id=n,this.device=e,this.props={...r}}setProps(e){Object.assign(this.props,e)}render(e){}cleanup(){}};var LR={depthWriteEnabled:!0,depthCompare:"less-equal",blendColorOperation:"add",blendColorSrcFactor:"one",blendColorDstFactor:"one-minus-src-alpha",blendAlphaOperation:"add",blendAlphaSrcFactor:"one",blendAlphaDstFactor:"one-minus-src-alpha"},zt=class extends Vo{constructor(){super(...arguments),this._lastRenderIndex=-1}render(e){this._render(e)}_render(e){let{canvasContext:r=this.device.canvasContext}=e,n=e.target??r.getCurrentFramebuffer(),[i,o]=r.getDrawingBufferSize(),s=e.clearCanvas??!0,a=e.clearColor??(s?[0,0,0,0]:!1),c=s?1:!1,l=s?0:!1,u=e.colorMask??15,f={viewport:[0,0,i,o]};e.colorMask&&(f.colorMask=u),e.scissorRect&&(f.scissorRect=e.scissorRect);let{shaderModuleProps:d,viewports:h,views:p,onViewportActive:g,clearStack:m=!0}=e,b=e.pass||"unknown",x=this.device.type==="webgpu";m&&(this._lastRenderIndex=-1);let y=[];if(!h.length)return this.device.beginRenderPass({framebuffer:n,parameters:f,clearColor:a,clearDepth:c,clearStencil:l}).end(),this.device.submit(),y;try{for(let w of h){g?.(w);let v=this._getDrawLayerParams(w,e),E=p&&p[w.id],P=w.subViewports||[w],L=x?P.map(C=>[C]):[P];for(let C of L){let T=this.device.beginRenderPass({framebuffer:n,parameters:f,clearColor:a,clearDepth:c,clearStencil:l});try{for(let D of C){let I=this._drawLayersInViewport(T,{target:n,canvasContext:r,shaderModuleProps:d,viewport:D,view:E,pass:b,layers:e.layers,isPicking:e.isPicking},v);y.push(I)}}finally{T.end(),x&&this.device.submit()}a=!1,c=!1,l=!1}}return y}finally{x||this.device.submit()}}_getDrawLayerParams(e,{layers:r,pass:n,isPicking:i=!1,layerFilter:o,cullRect:s,views:a,effects:c,canvasContext:l=this.device.canvasContext,shaderModuleProps:u},f=!1){let d=[],h=R0(this._lastRenderIndex+1),p={layer:r[0],viewport:e,isPicking:i,renderPass:n,cullRect:s},g={};for(let m=0;m<r.length;m++){let b=r[m],x=this._shouldDrawLayer(b,p,o,g),y={shouldDrawLayer:x};if(x&&!f){y.shouldDrawLayer=!0,y.layerRenderIndex=h(b,x),y.shaderModuleProps=this._getShaderModuleProps(b,c,n,l,u);let w=b.context.device.type==="webgpu"?LR:null;y.layerParameters={...w,...b.context.deck?.props.parameters,...a?.[e.id]?.props.parameters,...this.getLayerParameters(b,m,e)}}d[m]=y}return d}_drawLayersInViewport(e,{layers:r,shaderModuleProps:n,pass:i,target:o,canvasContext:s,viewport:a,view:c,isPicking:l},u){let f=AR(this.device,{canvasContext:s,shaderModuleProps:n,target:o,viewport:a});if(c){let{clear:h,clearColor:p,clearDepth:g,clearStencil:m}=c.props;if(h){let b=[0,0,0,0],x=1,y=0;Array.isArray(p)&&!l?b=[...p.slice(0,3),p[3]||255].map(v=>v/255):p===!1&&(b=!1),g!==void 0&&(x=g),m!==void 0&&(y=m),this.device.beginRenderPass({framebuffer:o,parameters:{viewport:f,scissorRect:f},clearColor:b,clearDepth:x,clearStencil:y}).end()}}let d={totalCount:r.length,visibleCount:0,compositeCount:0,pickableCount:0};e.setParameters({viewport:f});for(let h=0;h<r.length;h++){let p=r[h],g=u[h],{shouldDrawLayer:m}=g;if(m&&p.props.pickable&&d.pickableCount++,p.isComposite&&d.compositeCount++,p.isDrawable&&g.shouldDrawLayer){let{layerRenderIndex:b,shaderModuleProps:x,layerParameters:y}=g;d.visibleCount++,this._lastRenderIndex=Math.max(this._lastRenderIndex,b),x.project&&(x.project.viewport=a),p.context.renderPass=e;try{p._drawLayer({renderPass:e,shaderModuleProps:x,uniforms:{layerIndex:b},parameters:y})}catch(w){p.raiseError(w,`drawing ${p} to ${i}`)}}}return d}shouldDrawLayer(e){return!0}getShaderModuleProps(e,r,n){return null}getLayerParameters(e,r,n){return e.props.parameters}_shouldDrawLayer(e,r,n,i){if(!(e.props.visible&&this.shouldDrawLayer(e)))return!1;r.layer=e;let s=e.parent;for(;s;){if(!s.props.visible||!s.filterSubLayer(r))return!1;r.layer=s,s=s.parent}if(n){let a=r.layer.id;if(a in i||(i[a]=n(r)),!i[a])return!1}return e.activateViewport(r.viewport),!0}_getShaderModuleProps(e,r,n,i,o){let s=i.cssToDeviceRatio(),a=e.internalState?.propsInTransition||e.props,c={layer:a,picking:{isActive:!1},project:{viewport:e.context.viewport,devicePixelRatio:s,modelMatrix:a.modelMatrix,coordinateSystem:a.coordinateSystem,coordinateOrigin:a.coordinateOrigin,autoWrapLongitude:e.wrapLongitude}};if(r)for(let l of r)I0(c,l.getShaderModuleProps?.(e,c));for(let l of e.context.defaultShaderModules)l.name in c||(c[l.name]={});return I0(c,this.getShaderModuleProps(e,r,c),o)}};function R0(t=0,e={}){let r={},n=(i,o)=>{let s=i.props._offset,a=i.id,c=i.parent&&i.parent.id,l;if(c&&!(c in e)&&n(i.parent,!1),c in r){let u=r[c]=r[c]||R0(e[c],e);l=u(i,o),r[a]=u}else Number.isFinite(s)?(l=s+(e[c]||0),r[a]=null):l=t;return o&&l>=t&&(t=l+1),e[a]=l,l};return n}function AR(t,{canvasContext:e=t.canvasContext,shaderModuleProps:r,target:n,viewport:i}){let o=r?.project?.devicePixelRatio??e.cssToDeviceRatio(),[,s]=e.getDrawingBufferSize(),a=n?n.height:s,c=i;return[c.x*o,a-(c.y+c.height)*o,c.width*o,c.height*o]}function I0(t,...e){for(let r of e)if(r)for(let n in r)t[n]?Object.assign(t[n],r[n]):t[n]=r[n];return t}var Wo=class extends zt{constructor(e,r){super(e,r);let n=e.createTexture({format:"rgba8unorm",width:1,height:1,sampler:{minFilter:"linear",magFilter:"linear",addressModeU:"clamp-to-edge",addressModeV:"clamp-to-edge"}}),i=e.createTexture({format:"depth16unorm",width:1,height:1});this.fbo=e.createFramebuffer({id:"shadowmap",width:1,height:1,colorAttachments:[n],depthStencilAttachment:i})}delete(){this.fbo&&(this.fbo.destroy(),this.fbo=null)}getShadowMap(){return this.fbo.colorAttachments[0].texture}render(e){let r=this.fbo,n=this.device.canvasContext.cssToDeviceRatio(),i=e.viewports[0],o=i.width*n,s=i.height*n,a=[1,1,1,1];(o!==r.width||s!==r.height)&&r.resize({width:o,height:s}),super.render({...e,clearColor:a,target:r,pass:"shadow"})}getLayerParameters(e,r,n){return{...e.props.parameters,blend:!1,depthWriteEnabled:!0,depthCompare:"less-equal"}}shouldDrawLayer(e){return e.props.shadowEnabled!==!1}getShaderModuleProps(e,r,n){return{shadow:{project:n.project,drawToShadowMap:!0}}}};var CR={color:[255,255,255],intensity:1},B0=[{color:[255,255,255],intensity:1,direction:[-1,3,-1]},{color:[255,255,255],intensity:.9,direction:[1,-8,-2.5]}],MR=[0,0,0,200/255],Zn=class{constructor(e={}){this.id="lighting-effect",this.shadowColor=MR,this.shadow=!1,this.directionalLights=[],this.pointLights=[],this.shadowPasses=[],this.dummyShadowMap=null,this.setProps(e)}setup(e){this.context=e;let{device:r,deck:n}=e;this.shadow&&!this.dummyShadowMap&&(this._createShadowPasses(r),n._addDefaultShaderModule(Rc),this.dummyShadowMap=r.createTexture({width:1,height:1}))}setProps(e){this.ambientLight=void 0,this.directionalLights=[],this.pointLights=[];for(let r in e){let n=e[r];switch(n.type){case"ambient":this.ambientLight=n;break;case"directional":this.directionalLights.push(n);break;case"point":this.pointLights.push(n);break;default:}}this._applyDefaultLights(),this.shadow=this.directionalLights.some(r=>r.shadow),this.context&&this.setup(this.context),this.props=e}preRender({layers:e,layerFilter:r,viewports:n,onViewportActive:i,views:o}){if(this.shadow){this.shadowMatrices=this._calculateMatrices();for(let s=0;s<this.shadowPasses.length;s++)this.shadowPasses[s].render({layers:e,layerFilter:r,viewports:n,onViewportActive:i,views:o,shaderModuleProps:{shadow:{shadowLightId:s,dummyShadowMap:this.dummyShadowMap,shadowMatrices:this.shadowMatrices}}})}}getShaderModuleProps(e,r){let n=this.shadow?{project:r.project,shadowMaps:this.shadowPasses.map(s=>s.getShadowMap()),dummyShadowMap:this.dummyShadowMap,shadowColor:this.shadowColor,shadowMatrices:this.shadowMatrices}:{},i={enabled:!0,lights:this._getLights(e)},o=e.props.material;return{shadow:n,lighting:i,phongMaterial:o,gouraudMaterial:o}}cleanup(e){for(let r of this.shadowPasses)r.delete();this.shadowPasses.length=0,this.dummyShadowMap&&(this.dummyShadowMap.destroy(),this.dummyShadowMap=null,e.deck._removeDefaultShaderModule(Rc))}_calculateMatrices(){let e=[];for(let r of this.directionalLights){let n=new ue().lookAt({eye:new pe(r.direction).negate()});e.push(n)}return e}_createShadowPasses(e){for(let r=0;r<this.directionalLights.length;r++){let n=new Wo(e);this.shadowPasses[r]=n}}_applyDefaultLights(){let{ambientLight:e,pointLights:r,directionalLights:n}=this;!e&&r.length===0&&n.length===0&&(this.ambientLight=new kc(CR),this.directionalLights.push(new zo(B0[0]),new zo(B0[1])))}_getLights(e){let r=[];this.ambientLight&&r.push(this.ambientLight);for(let n of this.pointLights)r.push(n.getProjectedLight({layer:e}));for(let n of this.directionalLights)r.push(n.getProjectedLight({layer:e}));return r}};var Uh=class{constructor(e={}){this._pool=[],this.opts={overAlloc:2,poolSize:100},this.setOptions(e)}setOptions(e){Object.assign(this.opts,e)}allocate(e,r,{size:n=1,type:i,padding:o=0,copy:s=!1,initialize:a=!1,maxCount:c}){let l=i||e&&e.constructor||Float32Array,u=r*n+o;if(ArrayBuffer.isView(e)){if(u<=e.length)return e;if(u*e.BYTES_PER_ELEMENT<=e.buffer.byteLength)return new l(e.buffer,0,u)}let f=1/0;c&&(f=c*n+o);let d=this._allocate(l,u,a,f);return e&&s?d.set(e):a||d.fill(0,0,4),this._release(e),d}release(e){this._release(e)}_allocate(e,r,n,i){let o=Math.max(Math.ceil(r*this.opts.overAlloc),1);o>i&&(o=i);let s=this._pool,a=e.BYTES_PER_ELEMENT*o,c=s.findIndex(l=>l.byteLength>=a);if(c>=0){let l=new e(s.splice(c,1)[0],0,o);return n&&l.fill(0),l}return new e(o)}_release(e){if(!ArrayBuffer.isView(e))return;let r=this._pool,{buffer:n}=e,{byteLength:i}=n,o=r.findIndex(s=>s.byteLength>=i);o<0?r.push(n):(o>0||r.length<this.opts.poolSize)&&r.splice(o,0,n),r.length>this.opts.poolSize&&r.shift()}},tt=new Uh;ae();function Qn(){return[1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]}function Gh(t,e){let r=t%e;return r<0?e+r:r}function k0(t){return[t[12],t[13],t[14]]}function D0(t){return{left:Kn(t[3]+t[0],t[7]+t[4],t[11]+t[8],t[15]+t[12]),right:Kn(t[3]-t[0],t[7]-t[4],t[11]-t[8],t[15]-t[12]),bottom:Kn(t[3]+t[1],t[7]+t[5],t[11]+t[9],t[15]+t[13]),top:Kn(t[3]-t[1],t[7]-t[5],t[11]-t[9],t[15]-t[13]),near:Kn(t[3]+t[2],t[7]+t[6],t[11]+t[10],t[15]+t[14]),far:Kn(t[3]-t[2],t[7]-t[6],t[11]-t[10],t[15]-t[14])}}var O0=new pe;function Kn(t,e,r,n){O0.set(t,e,r);let i=O0.len();return{distance:n/i,normal:new pe(-t/i,-e/i,-r/i)}}function IR(t){return t-Math.fround(t)}var jo;function Jn(t,e){let{size:r=1,startIndex:n=0}=e,i=e.endIndex!==void 0?e.endIndex:t.length,o=(i-n)/r;jo=tt.allocate(jo,o,{type:Float32Array,size:r*2});let s=n,a=0;for(;s<i;){for(let c=0;c<r;c++){let l=t[s++];jo[a+c]=l,jo[a+c+r]=IR(l)}a+=r*2}return jo.subarray(0,o*r*2)}function N0(t){let e=null,r=!1;for(let n of t)n&&(e?(r||(e=[[e[0][0],e[0][1]],[e[1][0],e[1][1]]],r=!0),e[0][0]=Math.min(e[0][0],n[0][0]),e[0][1]=Math.min(e[0][1],n[0][1]),e[1][0]=Math.max(e[1][0],n[1][0]),e[1][1]=Math.max(e[1][1],n[1][1])):e=n);return e}ae();var RR=Math.PI/180,BR=Qn(),F0=[0,0,0],OR={unitsPerMeter:[1,1,1],metersPerUnit:[1,1,1]};function kR({width:t,height:e,orthographic:r,fovyRadians:n,focalDistance:i,padding:o,near:s,far:a}){let c=t/e,l=r?new ue().orthographic({fovy:n,aspect:c,focalDistance:i,near:s,far:a}):new ue().perspective({fovy:n,aspect:c,near:s,far:a});if(o){let{left:u=0,right:f=0,top:d=0,bottom:h=0}=o,p=Te((u+t-f)/2,0,t)-t/2,g=Te((d+e-h)/2,0,e)-e/2;l[8]-=p*2/t,l[9]+=g*2/e}return l}var Dc=class t{constructor(e={}){this._frustumPlanes={},this.id=e.id||this.constructor.displayName||"viewport",this.x=e.x||0,this.y=e.y||0,this.width=e.width||1,this.height=e.height||1,this.zoom=e.zoom||0,this.padding=e.padding,this.distanceScales=e.distanceScales||OR,this.focalDistance=e.focalDistance||1,this.position=e.position||F0,this.modelMatrix=e.modelMatrix||null;let{longitude:r,latitude:n}=e;this.isGeospatial=Number.isFinite(n)&&Number.isFinite(r),this._initProps(e),this._initMatrices(e),this.equals=this.equals.bind(this),this.project=this.project.bind(this),this.unproject=this.unproject.bind(this),this.projectPosition=this.projectPosition.bind(this),this.unprojectPosition=this.unprojectPosition.bind(this),this.projectFlat=this.projectFlat.bind(this),this.unprojectFlat=this.unprojectFlat.bind(this)}get subViewports(){return null}get metersPerPixel(){return this.distanceScales.metersPerUnit[2]/this.scale}get projectionMode(){return this.isGeospatial?this.zoom<12?ce.WEB_MERCATOR:ce.WEB_MERCATOR_AUTO_OFFSET:ce.IDENTITY}equals(e){return e instanceof t?this===e?!0:e.width===this.width&&e.height===this.height&&e.scale===this.scale&&e.projectionMode===this.projectionMode&&e.resolution===this.resolution&&yt(e.distanceScales.unitsPerMeter,this.distanceScales.unitsPerMeter)&&yt(e.projectionMatrix,this.projectionMatrix)&&yt(e.viewMatrix,this.viewMatrix):!1}project(e,{topLeft:r=!0}={}){let n=this.projectPosition(e),i=lr(n,this.pixelProjectionMatrix),[o,s]=i,a=r?s:this.height-s;return e.length===2?[o,a]:[o,a,i[2]]}unproject(e,{topLeft:r=!0,targetZ:n}={}){let[i,o,s]=e,a=r?o:this.height-o,c=n&&n*this.distanceScales.unitsPerMeter[2],l=ur([i,a,s],this.pixelUnprojectionMatrix,c),[u,f,d]=this.unprojectPosition(l);return Number.isFinite(s)?[u,f,d]:Number.isFinite(n)?[u,f,n]:[u,f]}projectPosition(e){let[r,n]=this.projectFlat(e),i=(e[2]||0)*this.distanceScales.unitsPerMeter[2];return[r,n,i]}unprojectPosition(e){let[r,n]=this.unprojectFlat(e),i=(e[2]||0)*this.distanceScales.metersPerUnit[2];return[r,n,i]}projectFlat(e){if(this.isGeospatial){let r=Ce(e);return r[1]=Te(r[1],-318,830),r}return e}unprojectFlat(e){return this.isGeospatial?Me(e):e}getBounds(e={}){let r={targetZ:e.z||0},n=this.unproject([0,0],r),i=this.unproject([this.width,0],r),o=this.unproject([0,this.height],r),s=this.unproject([this.width,this.height],r);return[Math.min(n[0],i[0],o[0],s[0]),Math.min(n[1],i[1],o[1],s[1]),Math.max(n[0],i[0],o[0],s[0]),Math.max(n[1],i[1],o[1],s[1])]}getDistanceScales(e){return e&&this.isGeospatial?Xn({longitude:e[0],latitude:e[1],highPrecision:!0}):this.distanceScales}containsPixel({x:e,y:r,width:n=1,height:i=1}){return e<this.x+this.width&&this.x<e+n&&r<this.y+this.height&&this.y<r+i}getFrustumPlanes(){return this._frustumPlanes.near?this._frustumPlanes:(Object.assign(this._frustumPlanes,D0(this.viewProjectionMatrix)),this._frustumPlanes)}panByPosition(e,r,n){return null}_initProps(e){let r=e.longitude,n=e.latitude;this.isGeospatial&&(Number.isFinite(e.zoom)||(this.zoom=Oh({latitude:n})+Math.log2(this.focalDistance)),this.distanceScales=e.distanceScales||Xn({latitude:n,longitude:r}));let i=Math.pow(2,this.zoom);this.scale=i;let{position:o,modelMatrix:s}=e,a=F0;if(o&&(a=s?new ue(s).transformAsVector(o,[]):o),this.isGeospatial){let c=this.projectPosition([r,n,0]);this.center=new pe(a).scale(this.distanceScales.unitsPerMeter).add(c)}else this.center=this.projectPosition(a)}_initMatrices(e){let{viewMatrix:r=BR,projectionMatrix:n=null,orthographic:i=!1,fovyRadians:o,fovy:s=75,near:a=.1,far:c=1e3,padding:l=null,focalDistance:u=1}=e;this.viewMatrixUncentered=r,this.viewMatrix=new ue().multiplyRight(r).translate(new pe(this.center).negate()),this.projectionMatrix=n||kR({width:this.width,height:this.height,orthographic:i,fovyRadians:o||s*RR,focalDistance:u,padding:l,near:a,far:c});let f=Qn();ne.multiply(f,f,this.projectionMatrix),ne.multiply(f,f,this.viewMatrix),this.viewProjectionMatrix=f,this.viewMatrixInverse=ne.invert([],this.viewMatrix)||this.viewMatrix,this.cameraPosition=k0(this.viewMatrixInverse);let d=Qn(),h=Qn();ne.scale(d,d,[this.width/2,-this.height/2,1]),ne.translate(d,d,[1,-1,0]),ne.multiply(h,d,this.viewProjectionMatrix),this.pixelProjectionMatrix=h,this.pixelUnprojectionMatrix=ne.invert(Qn(),this.pixelProjectionMatrix),this.pixelUnprojectionMatrix||F.warn("Pixel project matrix not invertible")()}};Dc.displayName="Viewport";var Nc=Dc;ae();var Fc=class t extends Nc{constructor(e={}){let{latitude:r=0,longitude:n=0,zoom:i=0,pitch:o=0,bearing:s=0,nearZMultiplier:a=.1,farZMultiplier:c=1.01,nearZ:l,farZ:u,orthographic:f=!1,projectionMatrix:d,repeat:h=!1,worldOffset:p=0,position:g,padding:m,legacyMeterSizes:b=!1}=e,{width:x,height:y,altitude:w=1.5}=e,v=Math.pow(2,i);x=x||1,y=y||1;let E,P=null;if(d)w=d[5]/2,E=Jr(w);else{e.fovy?(E=e.fovy,w=Go(E)):E=Jr(w);let C;if(m){let{top:T=0,bottom:D=0}=m;C=[0,Te((T+y-D)/2,0,y)-y/2]}P=kh({width:x,height:y,scale:v,center:g&&[0,0,g[2]*Fo(r)],offset:C,pitch:o,fovy:E,nearZMultiplier:a,farZMultiplier:c}),Number.isFinite(l)&&(P.near=l),Number.isFinite(u)&&(P.far=u)}let L=Cc({height:y,pitch:o,bearing:s,scale:v,altitude:w});p&&(L=new ue().translate([512*p,0,0]).multiplyLeft(L)),super({...e,width:x,height:y,viewMatrix:L,longitude:n,latitude:r,zoom:i,...P,fovy:E,focalDistance:w}),this.latitude=r,this.longitude=n,this.zoom=i,this.pitch=o,this.bearing=s,this.altitude=w,this.fovy=E,this.orthographic=f,this._subViewports=h?[]:null,this._pseudoMeters=b,Object.freeze(this)}get subViewports(){if(this._subViewports&&!this._subViewports.length){let e=this.getBounds(),r=Math.floor((e[0]+180)/360),n=Math.ceil((e[2]-180)/360);for(let i=r;i<=n;i++){let o=i?new t({...this,worldOffset:i}):this;this._subViewports.push(o)}}return this._subViewports}equals(e){return e instanceof t&&e._pseudoMeters===this._pseudoMeters&&super.equals(e)}projectPosition(e){if(this._pseudoMeters)return super.projectPosition(e);let[r,n]=this.projectFlat(e),i=(e[2]||0)*Fo(e[1]);return[r,n,i]}unprojectPosition(e){if(this._pseudoMeters)return super.unprojectPosition(e);let[r,n]=this.unprojectFlat(e),i=(e[2]||0)/Fo(n);return[r,n,i]}addMetersToLngLat(e,r){return Uo(e,r)}panByPosition(e,r,n){let i=ur(r,this.pixelUnprojectionMatrix),o=this.projectFlat(e),s=he.add([],o,he.negate([],i)),a=he.add([],this.center,s),[c,l]=this.unprojectFlat(a);return{longitude:c,latitude:l}}panByPosition3D(e,r){let n=e[2]||0,i=he.sub([],e,this.unproject(r,{targetZ:n}));return{longitude:this.longitude+i[0],latitude:this.latitude+i[1]}}getBounds(e={}){let r=Ic(this,e.z||0);return[Math.min(r[0][0],r[1][0],r[2][0],r[3][0]),Math.min(r[0][1],r[1][1],r[2][1],r[3][1]),Math.max(r[0][0],r[1][0],r[2][0],r[3][0]),Math.max(r[0][1],r[1][1],r[2][1],r[3][1])]}fitBounds(e,r={}){let{width:n,height:i}=this,{longitude:o,latitude:s,zoom:a}=Mc({width:n,height:i,bounds:e,...r});return new t({width:n,height:i,longitude:o,latitude:s,zoom:a})}};Fc.displayName="WebMercatorViewport";var fr=Fc;ae();var U0=[0,0,0];function $h(t,e,r=!1){let n=e.projectPosition(t);if(r&&e instanceof fr){let[i,o,s=0]=t,a=e.getDistanceScales([i,o]);n[2]=s*a.unitsPerMeter[2]}return n}function DR(t){let{viewport:e,modelMatrix:r,coordinateOrigin:n}=t,{coordinateSystem:i,fromCoordinateSystem:o,fromCoordinateOrigin:s}=t;return i==="default"&&(i=e.isGeospatial?"lnglat":"cartesian"),o===void 0?o=i:o==="default"&&(o=e.isGeospatial?"lnglat":"cartesian"),s===void 0&&(s=n),{viewport:e,coordinateSystem:i,coordinateOrigin:n,modelMatrix:r,fromCoordinateSystem:o,fromCoordinateOrigin:s}}function Uc(t,{viewport:e,modelMatrix:r,coordinateSystem:n,coordinateOrigin:i,offsetMode:o}){let[s,a,c=0]=t;switch(r&&([s,a,c]=Ke.transformMat4([],[s,a,c,1],r)),n){case"default":return Uc(t,{viewport:e,modelMatrix:r,coordinateSystem:e.isGeospatial?"lnglat":"cartesian",coordinateOrigin:i,offsetMode:o});case"lnglat":return $h([s,a,c],e,o);case"lnglat-offsets":return $h([s+i[0],a+i[1],c+(i[2]||0)],e,o);case"meter-offsets":return $h(Uo(i,[s,a,c]),e,o);case"cartesian":return e.isGeospatial?[s+i[0],a+i[1],c+i[2]]:e.projectPosition([s,a,c]);default:throw new Error(`Invalid coordinateSystem: ${n}`)}}function G0(t,e){let{viewport:r,coordinateSystem:n,coordinateOrigin:i,modelMatrix:o,fromCoordinateSystem:s,fromCoordinateOrigin:a}=DR(e),{autoOffset:c=!0}=e,{geospatialOrigin:l=U0,shaderCoordinateOrigin:u=U0,offsetMode:f=!1}=c?Ih(r,n,i):{},d=Uc(t,{viewport:r,modelMatrix:o,coordinateSystem:s,coordinateOrigin:a,offsetMode:f});if(f){let h=r.projectPosition(l||u);jr.sub(d,d,h)}return d}var yB={blendColorOperation:"add",blendColorSrcFactor:"one",blendColorDstFactor:"zero",blendAlphaOperation:"add",blendAlphaSrcFactor:"constant",blendAlphaDstFactor:"zero"},rn=class extends zt{constructor(){super(...arguments),this._colorEncoderState=null}render(e){return"pickingFBO"in e?this._drawPickingBuffer(e):{decodePickingColor:null,stats:super._render(e)}}_drawPickingBuffer({layers:e,layerFilter:r,views:n,viewports:i,onViewportActive:o,pickingFBO:s,deviceRect:{x:a,y:c,width:l,height:u},cullRect:f,effects:d,pass:h="picking",pickZ:p,canvasContext:g,shaderModuleProps:m,clearColor:b}){this.pickZ=p;let x=this._resetColorEncoder(p),y=[a,c,l,u],w=super._render({target:s,layers:e,layerFilter:r,views:n,viewports:i,onViewportActive:o,cullRect:f,effects:d?.filter(E=>E.useInPicking),pass:h,canvasContext:g,isPicking:!0,shaderModuleProps:m,clearColor:b??[0,0,0,0],colorMask:15,scissorRect:y});return this._colorEncoderState=null,{decodePickingColor:x&&bB.bind(null,x),stats:w}}shouldDrawLayer(e){let{pickable:r,operation:n}=e.props;return r&&n.includes("draw")||n.includes("terrain")||n.includes("mask")}getShaderModuleProps(e,r,n){return{picking:{isActive:1,isAttribute:this.pickZ,disabledPickingIndices:e.internalState?.disabledPickingIndices},lighting:{enabled:!1}}}getLayerParameters(e,r,n){let i={...e.props.parameters},{pickable:o,operation:s}=e.props;return this._colorEncoderState?o&&s.includes("draw")?(Object.assign(i,yB),i.blend=!0,this.device.type==="webgpu"?i.blendConstant=bw(this._colorEncoderState,e,n):i.blendColor=bw(this._colorEncoderState,e,n),s.includes("terrain")&&e.state?._hasPickingCover&&(i.blendAlphaSrcFactor="one")):s.includes("terrain")&&(i.blend=!1):i.blend=!1,i}_resetColorEncoder(e){return this._colorEncoderState=e?null:{byLayer:new Map,byAlpha:[]},this._colorEncoderState}};function bw(t,e,r){let{byLayer:n,byAlpha:i}=t,o,s=n.get(e);return s?(s.viewports.push(r),o=s.a):(o=n.size+1,o<=255?(s={a:o,layer:e,viewports:[r]},n.set(e,s),i[o]=s):(F.warn("Too many pickable layers, only picking the first 255")(),o=0)),[0,0,0,o/255]}function bB(t,e){let r=t.byAlpha[e[3]];return r&&{pickedLayer:r.layer,pickedViewports:r.viewports,pickedObjectIndex:r.layer.decodePickingColor(e)}}ie();var hr={NO_STATE:"Awaiting state",MATCHED:"Matched. State transferred from previous layer",INITIALIZED:"Initialized",AWAITING_GC:"Discarded. Awaiting garbage collection",AWAITING_FINALIZATION:"No longer matched. Awaiting garbage collection",FINALIZED:"Finalized! Awaiting garbage collection"},oi=Symbol.for("component"),St=Symbol.for("propTypes"),Vc=Symbol.for("deprecatedProps"),Vt=Symbol.for("asyncPropDefaults"),Tt=Symbol.for("asyncPropOriginal"),rt=Symbol.for("asyncPropResolved");function Wc(t,e=()=>!0){return Array.isArray(t)?xw(t,e,[]):e(t)?[t]:[]}function xw(t,e,r){let n=-1;for(;++n<t.length;){let i=t[n];Array.isArray(i)?xw(i,e,r):e(i)&&r.push(i)}return r}function ww({target:t,source:e,start:r=0,count:n=1}){let i=e.length,o=n*i,s=0;for(let a=r;s<i;s++)t[a++]=e[s];for(;s<o;)s<o-s?(t.copyWithin(r+s,r,r+s),s*=2):(t.copyWithin(r+s,r,r+o-s),s=o);return t}Fi();var Zo=class{constructor(e,r,n){this._loadCount=0,this._subscribers=new Set,this.id=e,this.context=n,this.setData(r)}subscribe(e){this._subscribers.add(e)}unsubscribe(e){this._subscribers.delete(e)}inUse(){return this._subscribers.size>0}delete(){}getData(){return this.isLoaded?this._error?Promise.reject(this._error):this._content:this._loader.then(()=>this.getData())}setData(e,r){if(e===this._data&&!r)return;this._data=e;let n=++this._loadCount,i=e;typeof e=="string"&&(i=vn(e)),i instanceof Promise?(this.isLoaded=!1,this._loader=i.then(o=>{this._loadCount===n&&(this.isLoaded=!0,this._error=void 0,this._content=o)}).catch(o=>{this._loadCount===n&&(this.isLoaded=!0,this._error=o||!0)})):(this.isLoaded=!0,this._error=void 0,this._content=e);for(let o of this._subscribers)o.onChange(this.getData())}};var Ko=class{constructor(e){this.protocol=e.protocol||"resource://",this._context={device:e.device,gl:e.device?.gl,resourceManager:this},this._resources={},this._consumers={},this._pruneRequest=null}contains(e){return e.startsWith(this.protocol)?!0:e in this._resources}add({resourceId:e,data:r,forceUpdate:n=!1,persistent:i=!0}){let o=this._resources[e];o?o.setData(r,n):(o=new Zo(e,r,this._context),this._resources[e]=o),o.persistent=i}remove(e){let r=this._resources[e];r&&(r.delete(),delete this._resources[e])}unsubscribe({consumerId:e}){let r=this._consumers[e];if(r){for(let n in r){let i=r[n],o=this._resources[i.resourceId];o&&o.unsubscribe(i)}delete this._consumers[e],this.prune()}}subscribe({resourceId:e,onChange:r,consumerId:n,requestId:i="default"}){let{_resources:o,protocol:s}=this;e.startsWith(s)&&(e=e.replace(s,""),o[e]||this.add({resourceId:e,data:null,persistent:!1}));let a=o[e];if(this._track(n,i,a,r),a)return a.getData()}prune(){this._pruneRequest||(this._pruneRequest=setTimeout(()=>this._prune(),0))}finalize(){for(let e in this._resources)this._resources[e].delete()}_track(e,r,n,i){let o=this._consumers,s=o[e]=o[e]||{},a=s[r],c=a&&a.resourceId&&this._resources[a.resourceId];c&&(c.unsubscribe(a),this.prune()),n&&(a?(a.onChange=i,a.resourceId=n.id):a={onChange:i,resourceId:n.id},s[r]=a,n.subscribe(a))}_prune(){this._pruneRequest=null;for(let e of Object.keys(this._resources)){let r=this._resources[e];!r.persistent&&!r.inUse()&&(r.delete(),delete this._resources[e])}}};var xB="layerManager.setLayers",wB="layerManager.activateViewport",Qo=class{constructor(e,r){this._lastRenderedLayers=[],this._needsRedraw=!1,this._needsUpdate=!1,this._nextLayers=null,this._debug=!1,this._defaultShaderModulesChanged=!1,this.activateViewport=a=>{te(wB,this,a),a&&(this.context.viewport=a)};let{deck:n,stats:i,viewport:o,timeline:s}=r||{};this.layers=[],this.resourceManager=new Ko({device:e,protocol:"deck://"}),this.context={mousePosition:null,userData:{},layerManager:this,device:e,gl:e?.gl,deck:n,shaderAssembler:M0(e?.info?.shadingLanguage||"glsl"),defaultShaderModules:[xh],renderPass:void 0,stats:i||new ze({id:"deck.gl"}),viewport:o||new Nc({id:"DEFAULT-INITIAL-VIEWPORT"}),timeline:s||new tn,resourceManager:this.resourceManager,onError:void 0},Object.seal(this)}finalize(){this.resourceManager.finalize();for(let e of this.layers)this._finalizeLayer(e)}needsRedraw(e={clearRedrawFlags:!1}){let r=this._needsRedraw;e.clearRedrawFlags&&(this._needsRedraw=!1);for(let n of this.layers){let i=n.getNeedsRedraw(e);r=r||i}return r}needsUpdate(){return this._nextLayers&&this._nextLayers!==this._lastRenderedLayers?"layers changed":this._defaultShaderModulesChanged?"shader modules changed":this._needsUpdate}setNeedsRedraw(e){this._needsRedraw=this._needsRedraw||e}setNeedsUpdate(e){this._needsUpdate=this._needsUpdate||e}getLayers({layerIds:e}={}){return e?this.layers.filter(r=>e.find(n=>r.id.indexOf(n)===0)):this.layers}setProps(e){"debug"in e&&(this._debug=e.debug),"userData"in e&&(this.context.userData=e.userData),"layers"in e&&(this._nextLayers=e.layers),"onError"in e&&(this.context.onError=e.onError)}setLayers(e,r){te(xB,this,r,e),this._lastRenderedLayers=e;let n=Wc(e,Boolean);for(let i of n)i.context=this.context;this._updateLayers(this.layers,n)}updateLayers(){let e=this.needsUpdate();e&&(this.setNeedsRedraw(`updating layers: ${e}`),this.setLayers(this._nextLayers||this._lastRenderedLayers,e)),this._nextLayers=null}addDefaultShaderModule(e){let{defaultShaderModules:r}=this.context;r.find(n=>n.name===e.name)||(r.push(e),this._defaultShaderModulesChanged=!0)}removeDefaultShaderModule(e){let{defaultShaderModules:r}=this.context,n=r.findIndex(i=>i.name===e.name);n>=0&&(r.splice(n,1),this._defaultShaderModulesChanged=!0)}_handleError(e,r,n){n.raiseError(r,`${e} of ${n}`)}_updateLayers(e,r){let n={};for(let s of e)n[s.id]?F.warn(`Multiple old layers with same id ${s.id}`)():n[s.id]=s;if(this._defaultShaderModulesChanged){for(let s of e)s.setNeedsUpdate(),s.setChangeFlags({extensionsChanged:!0});this._defaultShaderModulesChanged=!1}let i=[];this._updateSublayersRecursively(r,n,i),this._finalizeOldLayers(n);let o=!1;for(let s of i)if(s.hasUniformTransition()){o=`Uniform transition in ${s}`;break}this._needsUpdate=o,this.layers=i}_updateSublayersRecursively(e,r,n){for(let i of e){i.context=this.context;let o=r[i.id];o===null&&F.warn(`Multiple new layers with same id ${i.id}`)(),r[i.id]=null;let s=null;try{this._debug&&o!==i&&i.validateProps(),o?(this._transferLayerState(o,i),this._updateLayer(i)):this._initializeLayer(i),n.push(i),s=i.isComposite?i.getSubLayers():null}catch(a){this._handleError("matching",a,i)}s&&this._updateSublayersRecursively(s,r,n)}}_finalizeOldLayers(e){for(let r in e){let n=e[r];n&&this._finalizeLayer(n)}}_initializeLayer(e){try{e._initialize(),e.lifecycle=hr.INITIALIZED}catch(r){this._handleError("initialization",r,e)}}_transferLayerState(e,r){r._transferState(e),r.lifecycle=hr.MATCHED,r!==e&&(e.lifecycle=hr.AWAITING_GC)}_updateLayer(e){try{e._update()}catch(r){this._handleError("update",r,e)}}_finalizeLayer(e){this._needsRedraw=this._needsRedraw||`finalized ${e}`,e.lifecycle=hr.AWAITING_FINALIZATION;try{e._finalize(),e.lifecycle=hr.FINALIZED}catch(r){this._handleError("finalization",r,e)}}};function Z(t,e,r){if(t===e)return!0;if(!r||!t||!e)return!1;if(Array.isArray(t)){if(!Array.isArray(e)||t.length!==e.length)return!1;for(let n=0;n<t.length;n++)if(!Z(t[n],e[n],r-1))return!1;return!0}if(Array.isArray(e))return!1;if(typeof t=="object"&&typeof e=="object"){let n=Object.keys(t),i=Object.keys(e);if(n.length!==i.length)return!1;for(let o of n)if(!e.hasOwnProperty(o)||!Z(t[o],e[o],r-1))return!1;return!0}return!1}var pr="default-canvas",Jo=class{constructor(e){this.views=[],this.width=100,this.height=100,this.viewState={},this.controllers={},this.timeline=e.timeline,this._viewports=[],this._viewportMap={},this._isUpdating=!1,this._needsRedraw="First render",this._needsUpdate="Initialize",this._eventManager=e.eventManager,this._eventManagers=e.eventManagers||{},this._viewEventManagers={},this._eventCallbacks={onViewStateChange:e.onViewStateChange,onInteractionStateChange:e.onInteractionStateChange},this._pickPosition=e.pickPosition,this._getCanvasContext=e.getCanvasContext,Object.seal(this),this.setProps(e)}finalize(){for(let e in this.controllers){let r=this.controllers[e];r&&r.finalize()}this.controllers={}}needsRedraw(e={clearRedrawFlags:!1}){let r=this._needsRedraw;return e.clearRedrawFlags&&(this._needsRedraw=!1),r}setNeedsUpdate(e){this._needsUpdate=this._needsUpdate||e,this._needsRedraw=this._needsRedraw||e}updateViewStates(){for(let e in this.controllers){let r=this.controllers[e];r&&r.updateTransition()}}getViewports(e){return e?this._viewports.filter(r=>{let n=!e.canvasId||this.getCanvasId(r.id)===e.canvasId,i=!("x"in e)||r.containsPixel(e);return n&&i}):this._viewports}getViews(){let e={};return this.views.forEach(r=>{e[r.id]=r}),e}getView(e){return this.views.find(r=>r.id===e)}getViewState(e){let r=typeof e=="string"?this.getView(e):e,n=r&&this.viewState[r.getViewStateId()]||this.viewState;return r?r.filterViewState(n):n}getViewport(e){return this._viewportMap[e]}getCanvasId(e){let r=typeof e=="string"?this.getView(e):e;return r?this._viewEventManagers[r.id]?.canvasId||this._getCanvasIdFromView(r):void 0}unproject(e,r){let n=this.getViewports(),i={x:e[0],y:e[1]};for(let o=n.length-1;o>=0;--o){let s=n[o];if(s.containsPixel(i)){let a=e.slice();return a[0]-=s.x,a[1]-=s.y,s.unproject(a,r)}}return null}setProps(e){e.views&&this._setViews(e.views),e.viewState&&this._setViewState(e.viewState),("width"in e||"height"in e)&&this._setSize(e.width,e.height),"pickPosition"in e&&(this._pickPosition=e.pickPosition),"eventManagers"in e&&this._setEventManagers(e.eventManagers||{}),this._isUpdating||this._update()}_update(){this._isUpdating=!0,this._needsUpdate&&(this._needsUpdate=!1,this._rebuildViewports()),this._needsUpdate&&(this._needsUpdate=!1,this._rebuildViewports()),this._isUpdating=!1}_setSize(e,r){(e!==this.width||r!==this.height)&&(this.width=e,this.height=r,this.setNeedsUpdate("Size changed"))}_setViews(e){e=Wc(e,Boolean),this._diffViews(e,this.views)&&this.setNeedsUpdate("views changed"),this.views=e}_setViewState(e){e?(!Z(e,this.viewState,3)&&this.setNeedsUpdate("viewState changed"),this.viewState=e):F.warn("missing `viewState` or `initialViewState`")()}_setEventManagers(e){this._eventManagers!==e&&(this._eventManagers=e,this.setNeedsUpdate("eventManagers changed"))}_getCanvasIdFromView(e){return e.props.canvasId||this._getCanvasContext?.(e.id)?.id||pr}_getCanvasDimensions(e){let r=this._getCanvasContext?.(e.id),[n,i]=r?.getCSSSize()||[this.width,this.height];return{width:n,height:i}}_getViewEventManager(e){let r=this.getCanvasId(e)||pr;return{canvasId:r,eventManager:this._eventManagers[r]||this._eventManager}}_startViewportRebuild(){let e=this.controllers,r=this._viewEventManagers;return this._viewports=[],this.controllers={},this._viewEventManagers={},{oldControllers:e,oldViewEventManagers:r}}_getReusableController(e,r,n){return e&&(r?.canvasId!==n.canvasId||r?.eventManager!==n.eventManager)?(e.finalize(),null):e}_createController(e,r){let n=r.type;return new n({timeline:this.timeline,eventManager:this._getViewEventManager(e).eventManager,onViewStateChange:this._eventCallbacks.onViewStateChange,onStateChange:this._eventCallbacks.onInteractionStateChange,makeViewport:o=>this.getView(e.id)?.makeViewport({viewState:o,...this._getCanvasDimensions(e)}),pickPosition:(o,s)=>this._pickPosition?.(o,s,e.id)})}_updateController(e,r,n,i){let o=e.controller;if(o&&n){let s={...r,...o,id:e.id,x:n.x,y:n.y,width:n.width,height:n.height};return(!i||i.constructor!==o.type)&&(i=this._createController(e,s)),i&&i.setProps(s),i}return null}_rebuildViewports(){let{views:e}=this,{oldControllers:r,oldViewEventManagers:n}=this._startViewportRebuild(),i=!1;for(let o=e.length;o--;){let s=e[o],{width:a,height:c}=this._getCanvasDimensions(s),l=this._getViewEventManager(s);this._viewEventManagers[s.id]=l;let u=this.getViewState(s),f=s.makeViewport({viewState:u,width:a,height:c}),d=this._getReusableController(r[s.id],n[s.id],l),h=!!s.controller;h&&!d&&(i=!0),(i||!h)&&d&&(d.finalize(),d=null),this.controllers[s.id]=this._updateController(s,u,f,d),f&&this._viewports.unshift(f)}for(let o in r){let s=r[o];s&&!this.controllers[o]&&s.finalize()}this._buildViewportMap()}_buildViewportMap(){this._viewportMap={},this._viewports.forEach(e=>{e.id&&(this._viewportMap[e.id]=this._viewportMap[e.id]||e)})}_diffViews(e,r){return e.length!==r.length?!0:e.some((n,i)=>!e[i].equals(r[i]))}};var vB=/^(?:\d+\.?\d*|\.\d+)$/;function Ie(t){switch(typeof t){case"number":if(!Number.isFinite(t))throw new Error(`Could not parse position string ${t}`);return{type:"literal",value:t};case"string":try{let e=EB(t);return new tp(e).parseExpression()}catch(e){let r=e instanceof Error?e.message:String(e);throw new Error(`Could not parse position string ${t}: ${r}`)}default:throw new Error(`Could not parse position string ${t}`)}}function ep(t,e){switch(t.type){case"literal":return t.value;case"percentage":return Math.round(t.value*e);case"binary":let r=ep(t.left,e),n=ep(t.right,e);return t.operator==="+"?r+n:r-n;default:throw new Error("Unknown layout expression type")}}function Re(t,e){return ep(t,e)}function EB(t){let e=[],r=0;for(;r<t.length;){let n=t[r];if(/\s/.test(n)){r++;continue}if(n==="+"||n==="-"||n==="("||n===")"||n==="%"){e.push({type:"symbol",value:n}),r++;continue}if(vw(n)||n==="."){let i=r,o=n===".";for(r++;r<t.length;){let a=t[r];if(vw(a)){r++;continue}if(a==="."&&!o){o=!0,r++;continue}break}let s=t.slice(i,r);if(!vB.test(s))throw new Error("Invalid number token");e.push({type:"number",value:parseFloat(s)});continue}if(Ew(n)){let i=r;for(;r<t.length&&Ew(t[r]);)r++;let o=t.slice(i,r).toLowerCase();e.push({type:"word",value:o});continue}throw new Error("Invalid token in position string")}return e}var tp=class{constructor(e){this.index=0,this.tokens=e}parseExpression(){let e=this.parseBinaryExpression();if(this.index<this.tokens.length)throw new Error("Unexpected token at end of expression");return e}parseBinaryExpression(){let e=this.parseFactor(),r=this.peek();for(;SB(r);){this.index++;let n=this.parseFactor();e={type:"binary",operator:r.value,left:e,right:n},r=this.peek()}return e}parseFactor(){let e=this.peek();if(!e)throw new Error("Unexpected end of expression");if(e.type==="symbol"&&e.value==="+")return this.index++,this.parseFactor();if(e.type==="symbol"&&e.value==="-"){this.index++;let r=this.parseFactor();return{type:"binary",operator:"-",left:{type:"literal",value:0},right:r}}if(e.type==="symbol"&&e.value==="("){this.index++;let r=this.parseBinaryExpression();if(!this.consumeSymbol(")"))throw new Error("Missing closing parenthesis");return r}if(e.type==="word"&&e.value==="calc"){if(this.index++,!this.consumeSymbol("("))throw new Error("Missing opening parenthesis after calc");let r=this.parseBinaryExpression();if(!this.consumeSymbol(")"))throw new Error("Missing closing parenthesis");return r}if(e.type==="number"){this.index++;let r=e.value,n=this.peek();return n&&n.type==="symbol"&&n.value==="%"?(this.index++,{type:"percentage",value:r/100}):n&&n.type==="word"&&n.value==="px"?(this.index++,{type:"literal",value:r}):{type:"literal",value:r}}throw new Error("Unexpected token in expression")}consumeSymbol(e){let r=this.peek();return r&&r.type==="symbol"&&r.value===e?(this.index++,!0):!1}peek(){return this.tokens[this.index]||null}};function vw(t){return t>="0"&&t<="9"}function Ew(t){return t>="a"&&t<="z"||t>="A"&&t<="Z"}function SB(t){return!!(t&&t.type==="symbol"&&(t.value==="+"||t.value==="-"))}function Sw(t,e){let r={...t};for(let n in e)n!=="id"&&(Array.isArray(r[n])&&Array.isArray(e[n])?r[n]=TB(r[n],e[n]):r[n]=e[n]);return r}function TB(t,e){t=t.slice();for(let r=0;r<e.length;r++){let n=e[r];Number.isFinite(n)&&(t[r]=n)}return t}var es=class{constructor(e){let{id:r,x:n=0,y:i=0,width:o="100%",height:s="100%",padding:a=null}=e;this.id=r||this.constructor.displayName||"view",this.props={...e,id:this.id},this._x=Ie(n),this._y=Ie(i),this._width=Ie(o),this._height=Ie(s),this._padding=a&&{left:Ie(a.left||0),right:Ie(a.right||0),top:Ie(a.top||0),bottom:Ie(a.bottom||0)},this.equals=this.equals.bind(this),Object.seal(this)}equals(e){return this===e?!0:this.constructor===e.constructor&&Z(this.props,e.props,2)}clone(e){let r=this.constructor;return new r({...this.props,...e})}makeViewport({width:e,height:r,viewState:n}){n=this.filterViewState(n);let i=this.getDimensions({width:e,height:r});if(!i.height||!i.width)return null;let o=this.getViewportType(n);return new o({...n,...this.props,...i})}getViewStateId(){let{viewState:e}=this.props;return typeof e=="string"?e:e?.id||this.id}filterViewState(e){return this.props.viewState&&typeof this.props.viewState=="object"?this.props.viewState.id?Sw(e,this.props.viewState):this.props.viewState:e}getDimensions({width:e,height:r}){let n={x:Re(this._x,e),y:Re(this._y,r),width:Re(this._width,e),height:Re(this._height,r)};return this._padding&&(n.padding={left:Re(this._padding.left,e),top:Re(this._padding.top,r),right:Re(this._padding.right,e),bottom:Re(this._padding.bottom,r)}),n}get controller(){let e=this.props.controller;return e?e===!0?{type:this.ControllerType}:typeof e=="function"?{type:e}:{type:this.ControllerType,...e}:null}};ae();var nt=class{constructor(e){this._inProgress=!1,this._handle=null,this.time=0,this.settings={duration:0},this._timeline=e}get inProgress(){return this._inProgress}start(e){this.cancel(),this.settings=e,this._inProgress=!0,this.settings.onStart?.(this)}end(){this._inProgress&&(this._timeline.removeChannel(this._handle),this._handle=null,this._inProgress=!1,this.settings.onEnd?.(this))}cancel(){this._inProgress&&(this.settings.onInterrupt?.(this),this._timeline.removeChannel(this._handle),this._handle=null,this._inProgress=!1)}update(){if(!this._inProgress)return!1;if(this._handle===null){let{_timeline:e,settings:r}=this;this._handle=e.addChannel({delay:e.getTime(),duration:r.duration})}return this.time=this._timeline.getTime(this._handle),this._onUpdate(),this.settings.onUpdate?.(this),this._timeline.isFinished(this._handle)&&this.end(),!0}_onUpdate(){}};var Tw=()=>{},Pw={mode:"preserve"},PB={mode:"hard"},rp={BREAK:1,SNAP_TO_END:2,IGNORE:3},LB=t=>t,AB=rp.BREAK,ts=class{constructor(e){this._onTransitionUpdate=r=>{let{time:n,settings:{interpolator:i,startProps:o,endProps:s,duration:a,easing:c}}=r,l=c(n/a),u=i.interpolateProps(o,s,l);this.propsInTransition=this.getControllerState({...this.props,...u},Pw).getViewportProps(),this.onViewStateChange({viewState:this.propsInTransition,oldViewState:this.props})},this.getControllerState=e.getControllerState,this.propsInTransition=null,this.transition=new nt(e.timeline),this.onViewStateChange=e.onViewStateChange||Tw,this.onStateChange=e.onStateChange||Tw}finalize(){this.transition.cancel()}getViewportInTransition(){return this.propsInTransition}processViewStateChange(e){let r=!1,n=this.props;if(this.props=e,!n||this._shouldIgnoreViewportChange(n,e))return!1;if(this._isTransitionEnabled(e)){let i=n;if(this.transition.inProgress){let{interruption:o,endProps:s}=this.transition.settings;i={...n,...o===rp.SNAP_TO_END?s:this.propsInTransition||n}}this._triggerTransition(i,e),r=!0}else this.transition.cancel();return r}updateTransition(){this.transition.update()}_isTransitionEnabled(e){let{transitionDuration:r,transitionInterpolator:n}=e;return(r>0||r==="auto")&&!!n}_isUpdateDueToCurrentTransition(e){return this.transition.inProgress&&this.propsInTransition?this.transition.settings.interpolator.arePropsEqual(e,this.propsInTransition):!1}_shouldIgnoreViewportChange(e,r){return this.transition.inProgress?this.transition.settings.interruption===rp.IGNORE||this._isUpdateDueToCurrentTransition(r):this._isTransitionEnabled(r)?r.transitionInterpolator.arePropsEqual(e,r):!0}_triggerTransition(e,r){let n=this.getControllerState(e,Pw),i=this.getControllerState(r,PB).shortestPathFrom(n),o=r.transitionInterpolator,s=o.getDuration?o.getDuration(e,r):r.transitionDuration;if(s===0)return;let a=o.initializeProps(e,i);this.propsInTransition={};let c={duration:s,easing:r.transitionEasing||LB,interpolator:o,interruption:r.transitionInterruption||AB,startProps:a.start,endProps:a.end,onStart:r.onTransitionStart,onUpdate:this._onTransitionUpdate,onInterrupt:this._onTransitionEnd(r.onTransitionInterrupt),onEnd:this._onTransitionEnd(r.onTransitionEnd)};this.transition.start(c),this.onStateChange({inTransition:!0}),this.updateTransition()}_onTransitionEnd(e){return r=>{this.propsInTransition=null,this.onStateChange({inTransition:!1,isZooming:!1,isPanning:!1,isRotating:!1}),e?.(r)}}};ae();function $(t,e){if(!t)throw new Error(e||"deck.gl: assertion failed.")}var nn=class{constructor(e){let{compare:r,extract:n,required:i}=e;this._propsToCompare=r,this._propsToExtract=n||r,this._requiredProps=i}arePropsEqual(e,r){for(let n of this._propsToCompare)if(!(n in e)||!(n in r)||!yt(e[n],r[n]))return!1;return!0}initializeProps(e,r){let n={},i={};for(let o of this._propsToExtract)(o in e||o in r)&&(n[o]=e[o],i[o]=r[o]);return this._checkRequiredProps(n),this._checkRequiredProps(i),{start:n,end:i}}getDuration(e,r){return r.transitionDuration}_checkRequiredProps(e){this._requiredProps&&this._requiredProps.forEach(r=>{let n=e[r];$(Number.isFinite(n)||Array.isArray(n),`${r} is required for transition`)})}};ae();var CB=["longitude","latitude","zoom","bearing","pitch"],MB=["longitude","latitude","zoom"],on=class extends nn{constructor(e={}){let r=Array.isArray(e)?e:e.transitionProps,n=Array.isArray(e)?{}:e;n.transitionProps=Array.isArray(r)?{compare:r,required:r}:r||{compare:CB,required:MB},super(n.transitionProps),this.opts=n}initializeProps(e,r){let n=super.initializeProps(e,r),{makeViewport:i,around:o}=this.opts;if(i&&o){let s=i(e),a=i(r),c=s.unproject(o);n.start.around=o,Object.assign(n.end,{around:a.project(c),aroundPosition:c,width:r.width,height:r.height})}return n}interpolateProps(e,r,n){let i={};for(let o of this._propsToExtract)i[o]=Gt(e[o]||0,r[o]||0,n);if(r.aroundPosition&&this.opts.makeViewport){let o=this.opts.makeViewport({...r,...i});Object.assign(i,o.panByPosition(r.aroundPosition,Gt(e.around,r.around,n)))}return i}};var Pt={transitionDuration:0},IB=300,RB=300,np=t=>1-(1-t)*(1-t),BB=t=>t===1?1:1-Math.pow(2,-10*t),sn={WHEEL:["wheel"],PAN:["panstart","panmove","panend"],PINCH:["pinchstart","pinchmove","pinchend"],MULTI_PAN:["multipanstart","multipanmove","multipanend"],DOUBLE_CLICK:["dblclick"],DOUBLE_CLICK_DRAG:["dblclickdragstart","dblclickdragmove","dblclickdragend","dblclickdragcancel"],KEYBOARD:["keydown"]},an={},rs=class{constructor(e){this.state={},this._events={},this._interactionState={isDragging:!1},this._customEvents=[],this._eventStartBlocked=null,this._panMove=!1,this._multiPanMode=null,this._multiPanStartCenter=null,this._doubleClickDragAnchor=null,this._suppressDoubleClickUntil=0,this.invertPan=!1,this.dragMode="rotate",this.inertia=0,this.scrollZoom=!0,this.dragPan=!0,this.dragRotate=!0,this.doubleClickZoom=!0,this.doubleClickDragZoom=!0,this.touchZoom=!0,this.touchRotate=!1,this.multiTouchDrag=null,this.trackpadGesture=!1,this.zoomAround="pointer",this.keyboard=!0,this.transitionManager=new ts({...e,getControllerState:(r,n)=>new this.ControllerState({...r,constraintContext:n,makeViewport:e.makeViewport}),onViewStateChange:this._onTransition.bind(this),onStateChange:this._setInteractionState.bind(this)}),this.handleEvent=this.handleEvent.bind(this),this.eventManager=e.eventManager,this.onViewStateChange=e.onViewStateChange||(()=>{}),this.onStateChange=e.onStateChange||(()=>{}),this.makeViewport=e.makeViewport,this.pickPosition=e.pickPosition}set events(e){this.toggleEvents(this._customEvents,!1),this.toggleEvents(e,!0),this._customEvents=e,this.props&&this.setProps(this.props)}finalize(){for(let e in this._events)this._events[e]&&this.eventManager?.off(e,this.handleEvent);this.transitionManager.finalize()}handleEvent(e){this._controllerState=void 0;let r=this._eventStartBlocked;switch(e.type){case"panstart":return r?!1:this._onPanStart(e);case"panmove":return this._onPan(e);case"panend":return this._onPanEnd(e);case"pinchstart":return r||!this._isTrackpadGestureAllowed(e)?!1:this._onPinchStart(e);case"pinchmove":return this._isTrackpadGestureAllowed(e)?this._onPinch(e):!1;case"pinchend":return this._isTrackpadGestureAllowed(e)?this._onPinchEnd(e):!1;case"multipanstart":return r?!1:this._onMultiPanStart(e);case"multipanmove":return this._onMultiPan(e);case"multipanend":return this._onMultiPanEnd(e);case"dblclick":return this._onDoubleClick(e);case"dblclickdragstart":return r?!1:this._onDoubleClickDragStart(e);case"dblclickdragmove":return this._onDoubleClickDrag(e);case"dblclickdragend":case"dblclickdragcancel":return this._onDoubleClickDragEnd(e);case"wheel":return this._onWheel(e);case"keydown":return this._onKeyDown(e);default:return!1}}get controllerState(){return this._controllerState=this._controllerState||new this.ControllerState({makeViewport:this.makeViewport,...this.props,...this.state}),this._controllerState}getCenter(e){let{x:r,y:n}=this.props,{offsetCenter:i}=e;return[i.x-r,i.y-n]}getZoomPosition(e){if(this.zoomAround==="pointer")return e;let r=this.makeViewport(this.controllerState.getViewportProps()),[n,i]=lr(r.center,r.pixelProjectionMatrix);return[n,i]}isPointInBounds(e,r){let{width:n,height:i}=this.props;if(r&&r.handled)return!1;let o=e[0]>=0&&e[0]<=n&&e[1]>=0&&e[1]<=i;return o&&r&&r.stopPropagation(),o}isFunctionKeyPressed(e){let{srcEvent:r}=e;return!!(r.metaKey||r.altKey||r.ctrlKey||r.shiftKey)}isDragging(){return this._interactionState.isDragging||!1}blockEvents(e){let r=setTimeout(()=>{this._eventStartBlocked===r&&(this._eventStartBlocked=null)},e);this._eventStartBlocked=r}setProps(e){e.maxBoundsPadding===void 0&&(e.maxBoundsPadding=null),e.dragMode&&(this.dragMode=e.dragMode);let r=this.props;this.props=e,"transitionInterpolator"in e||(e.transitionInterpolator=this._getTransitionProps().transitionInterpolator),this.transitionManager.processViewStateChange(e);let{inertia:n}=e;this.inertia=Number.isFinite(n)?n:n===!0?IB:0;let{scrollZoom:i=!0,dragPan:o=!0,dragRotate:s=!0,doubleClickZoom:a=!0,doubleClickDragZoom:c=!1,touchZoom:l=!0,touchRotate:u=!1,multiTouchDrag:f=u?"rotate":null,trackpadGesture:d=!1,zoomAround:h="pointer",keyboard:p=!0}=e,g=!!this.onViewStateChange;if(this.toggleEvents(sn.WHEEL,g&&i),this.toggleEvents(sn.PAN,g),this.toggleEvents(sn.PINCH,g&&(l||f==="rotate")),this.toggleEvents(sn.MULTI_PAN,g&&!!f),this.toggleEvents(sn.DOUBLE_CLICK,g&&a),this.toggleEvents(sn.DOUBLE_CLICK_DRAG,g&&c),this.toggleEvents(sn.KEYBOARD,g&&p),this.scrollZoom=i,this.dragPan=o,this.dragRotate=s,this.doubleClickZoom=a,this.doubleClickDragZoom=c,this.touchZoom=l,this.touchRotate=f==="rotate",this.multiTouchDrag=f,this.trackpadGesture=d,this.zoomAround=h,this.keyboard=p,(!r||r.height!==e.height||r.width!==e.width||r.maxBounds!==e.maxBounds||r.maxBoundsPadding!==e.maxBoundsPadding)&&e.maxBounds){let b=new this.ControllerState({...e,makeViewport:this.makeViewport}),x=b.getViewportProps();Object.keys(x).some(w=>!Z(x[w],e[w],1))&&this.updateViewport(b)}}updateTransition(){this.transitionManager.updateTransition()}toggleEvents(e,r){this.eventManager&&e.forEach(n=>{this._events[n]!==r&&(this._events[n]=r,r?this.eventManager.on(n,this.handleEvent):this.eventManager.off(n,this.handleEvent))})}updateViewport(e,r=null,n={}){let i={...e.getViewportProps(),...r},o=this.controllerState!==e;if(this.state=e.getState(),this._setInteractionState(n),o){let s=this.controllerState&&this.controllerState.getViewportProps();this.onViewStateChange&&this.onViewStateChange({viewState:i,interactionState:this._interactionState,oldViewState:s,viewId:this.props.id})}}_onTransition(e){this.onViewStateChange({...e,interactionState:this._interactionState,viewId:this.props.id})}_setInteractionState(e){Object.assign(this._interactionState,e),this.onStateChange(this._interactionState)}_getConstraintContext(e,r){return this.props.rubberBand?{mode:r==="update"?"elastic":r==="end"?"rebound":"hard"}:{mode:"hard"}}_getReboundTransition(e,r){if(e.mode!=="rebound")return null;let n=r.getViewportProps();return Object.keys(n).some(o=>!Z(this.props[o],n[o],1))?{...this._getTransitionProps(),transitionDuration:RB,transitionEasing:BB}:null}_onPanStart(e){let r=this.getCenter(e);if(!this.isPointInBounds(r,e))return!1;let n=this.isFunctionKeyPressed(e)||e.rightButton||!1;(this.invertPan||this.dragMode==="pan")&&(n=!n);let i=n?"pan":"rotate",o=this._getConstraintContext(i,"start"),s=n?this.controllerState.panStart({pos:r},o):this.controllerState.rotateStart({pos:r},o);return this._panMove=n,this.updateViewport(s,Pt,{isDragging:!0}),!0}_onPan(e){return this.isDragging()?this._panMove?this._onPanMove(e):this._onPanRotate(e):!1}_onPanEnd(e){return this.isDragging()?this._panMove?this._onPanMoveEnd(e):this._onPanRotateEnd(e):!1}_onPanMove(e){if(!this.dragPan)return!1;let r=this.getCenter(e),n=this.controllerState.pan({pos:r},this._getConstraintContext("pan","update"));return this.updateViewport(n,Pt,{isDragging:!0,isPanning:!0}),!0}_onPanMoveEnd(e){let{inertia:r}=this;if(this.dragPan&&r&&e.velocity){let n=this.getCenter(e),i=[n[0]+e.velocityX*r/2,n[1]+e.velocityY*r/2],o=this.controllerState.pan({pos:i}).panEnd();this.updateViewport(o,{...this._getTransitionProps(),transitionDuration:r,transitionEasing:np},{isDragging:!1,isPanning:!0})}else{let n=this.controllerState,i=this._getConstraintContext("pan","end"),o=n.panEnd(i),s=this._getReboundTransition(i,o);this.updateViewport(o,s,{isDragging:!1,isPanning:!!s})}return!0}_onPanRotate(e){if(!this.dragRotate)return!1;let r=this.getCenter(e),n=this.controllerState.rotate({pos:r},this._getConstraintContext("rotate","update"));return this.updateViewport(n,Pt,{isDragging:!0,isRotating:!0}),!0}_onPanRotateEnd(e){let{inertia:r}=this;if(this.dragRotate&&r&&e.velocity){let n=this.getCenter(e),i=[n[0]+e.velocityX*r/2,n[1]+e.velocityY*r/2],o=this.controllerState.rotate({pos:i}).rotateEnd();this.updateViewport(o,{...this._getTransitionProps(),transitionDuration:r,transitionEasing:np},{isDragging:!1,isRotating:!0})}else{let n=this.controllerState,i=this._getConstraintContext("rotate","end"),o=n.rotateEnd(i),s=this._getReboundTransition(i,o);this.updateViewport(o,s,{isDragging:!1,isRotating:!!s})}return!0}_onWheel(e){if(!this.scrollZoom||this.trackpadGesture&&e.device!=="mouse")return!1;let r=this.getCenter(e);if(!this.isPointInBounds(r,e))return!1;e.srcEvent.preventDefault();let{speed:n=.01,smooth:i=!1}=this.scrollZoom===!0?{}:this.scrollZoom,{delta:o}=e,s=2/(1+Math.exp(-Math.abs(o*n)));o<0&&s!==0&&(s=1/s);let a=this.getZoomPosition(r),c=i?{...this._getTransitionProps({around:a}),transitionDuration:250}:Pt,l=this.controllerState.zoom({pos:a,scale:s});return this.updateViewport(l,c,{isZooming:!0,isPanning:!0}),i||this._setInteractionState({isZooming:!1,isPanning:!1}),!0}_onMultiPanStart(e){let{multiTouchDrag:r}=this;if(!r||!this._isMultiPanEventAllowed(e,r))return!1;let n=e.offsetCenter;if(!this.isPointInBounds(this.getCenter(e),e))return!1;let i=e.pointerType==="trackpad",o={x:n.x-(i?0:e.deltaX),y:n.y-(i?0:e.deltaY)},s={...e,offsetCenter:o},a=this.getCenter(s),c=r==="pan"?this.controllerState.panStart({pos:a},this._getConstraintContext("pan","start")):this.controllerState.rotateStart({pos:a},this._getConstraintContext("rotate","start"));return this._multiPanMode=r,this._multiPanStartCenter=o,this.updateViewport(c,Pt,{isDragging:!0}),!0}_onMultiPan(e){let{mode:r,event:n}=this._getMultiPanEvent(e);return!r||!n||!this.isDragging()?!1:r==="pan"?this._onPanMove(n):this._onPanRotate(n)}_onMultiPanEnd(e){let{mode:r,event:n}=this._getMultiPanEvent(e);if(!r||!n||!this.isDragging())return this._resetMultiPan(),!1;let i=r==="pan"?this._onPanMoveEnd(n):this._onPanRotateEnd(n);return this._resetMultiPan(),i}_isTrackpadGestureAllowed(e){return e.pointerType!=="trackpad"||this.trackpadGesture}_isMultiPanEventAllowed(e,r){return e.pointerType==="trackpad"?this.trackpadGesture&&(r==="pan"?this.dragPan:this.dragRotate):e.pointerType==="touch"&&(r==="pan"?this.dragPan:this.dragRotate)}_getMultiPanEvent(e){let r=this._multiPanMode,n=this._multiPanStartCenter;return!r||!n?{mode:null,event:null}:{mode:r,event:{...e,offsetCenter:{x:n.x+e.deltaX,y:n.y+e.deltaY}}}}_resetMultiPan(){this._multiPanMode=null,this._multiPanStartCenter=null}_onPinchStart(e){this._doubleClickDragAnchor=null;let r=this.getCenter(e);if(!this.isPointInBounds(r,e))return!1;let n=this.controllerState.zoomStart({pos:this.getZoomPosition(r)},this._getConstraintContext("zoom","start")).rotateStart({pos:r},this._getConstraintContext("rotate","start"));return an._startPinchRotation=e.rotation,an._lastPinchEvent=e,this.updateViewport(n,Pt,{isDragging:!0}),!0}_onPinch(e){if(!this.touchZoom&&!this.touchRotate||!this.isDragging())return!1;let r=this.controllerState;if(this.touchZoom){let{scale:n}=e,i=this.getCenter(e);r=r.zoom({pos:this.getZoomPosition(i),scale:n},this._getConstraintContext("zoom","update"))}if(this.touchRotate){let{rotation:n}=e;r=r.rotate({deltaAngleX:an._startPinchRotation-n},this._getConstraintContext("rotate","update"))}return this.updateViewport(r,Pt,{isDragging:!0,isPanning:this.touchZoom,isZooming:this.touchZoom,isRotating:this.touchRotate}),an._lastPinchEvent=e,!0}_onPinchEnd(e){if(!this.isDragging())return!1;let{inertia:r}=this,{_lastPinchEvent:n}=an;if(this.touchZoom&&r&&n&&e.scale!==n.scale){let i=this.getCenter(e),o=this.getZoomPosition(i),s=this.controllerState.rotateEnd(),a=Math.log2(e.scale),c=(a-Math.log2(n.scale))/(e.deltaTime-n.deltaTime),l=Math.pow(2,a+c*r/2);s=s.zoom({pos:o,scale:l}).zoomEnd(),this.updateViewport(s,{...this._getTransitionProps({around:o}),transitionDuration:r,transitionEasing:np},{isDragging:!1,isPanning:this.touchZoom,isZooming:this.touchZoom,isRotating:!1}),this.blockEvents(r)}else{let i=this.controllerState,o=this._getConstraintContext("zoom","end"),s=this._getConstraintContext("rotate","end"),a=i.zoomEnd(o).rotateEnd(s),c=this._getReboundTransition(this.touchZoom?o:s,a);this.updateViewport(a,c,{isDragging:!1,isPanning:!!c&&this.touchZoom,isZooming:!!c&&this.touchZoom,isRotating:!!c&&this.touchRotate})}return an._startPinchRotation=null,an._lastPinchEvent=null,!0}_onDoubleClick(e){if(!this.doubleClickZoom||Date.now()<this._suppressDoubleClickUntil)return!1;let r=this.getCenter(e);if(!this.isPointInBounds(r,e))return!1;let n=this.isFunctionKeyPressed(e),i=this.getZoomPosition(r),o=this.controllerState.zoom({pos:i,scale:n?.5:2});return this.updateViewport(o,this._getTransitionProps({around:i}),{isZooming:!0,isPanning:!0}),this.blockEvents(100),!0}_onDoubleClickDragStart(e){if(!this.doubleClickDragZoom)return this._doubleClickDragAnchor=null,!1;let r=this.getCenter(e);if(!this.isPointInBounds(r,e))return this._doubleClickDragAnchor=null,!1;this._doubleClickDragAnchor=this.getZoomPosition(r);let n=this.controllerState.zoomStart({pos:this._doubleClickDragAnchor},this._getConstraintContext("zoom","start"));return e.scale!==1&&(n=n.zoom({pos:this._doubleClickDragAnchor,scale:e.scale},this._getConstraintContext("zoom","update"))),this.updateViewport(n,Pt,{isDragging:!0,isPanning:!0,isZooming:!0}),!0}_onDoubleClickDrag(e){let r=this._doubleClickDragAnchor;if(!r)return!1;let n=this.controllerState.zoom({pos:r,scale:e.scale},this._getConstraintContext("zoom","update"));return this.updateViewport(n,Pt,{isDragging:!0,isPanning:!0,isZooming:!0}),!0}_onDoubleClickDragEnd(e){if(!this._doubleClickDragAnchor)return!1;this._doubleClickDragAnchor=null;let n=this.controllerState,i=this._getConstraintContext("zoom","end"),o=n.zoomEnd(i),s=this._getReboundTransition(i,o);return this.updateViewport(o,s,{isDragging:!1,isPanning:!!s,isZooming:!!s}),this._suppressDoubleClickUntil=Date.now()+100,this.blockEvents(100),!0}_onKeyDown(e){if(!this.keyboard)return!1;let r=this.isFunctionKeyPressed(e),{zoomSpeed:n,moveSpeed:i,rotateSpeedX:o,rotateSpeedY:s}=this.keyboard===!0?{}:this.keyboard,{controllerState:a}=this,c,l={};switch(e.srcEvent.code){case"Minus":c=r?a.zoomOut(n).zoomOut(n):a.zoomOut(n),l.isZooming=!0;break;case"Equal":c=r?a.zoomIn(n).zoomIn(n):a.zoomIn(n),l.isZooming=!0;break;case"ArrowLeft":r?(c=a.rotateLeft(o),l.isRotating=!0):(c=a.moveLeft(i),l.isPanning=!0);break;case"ArrowRight":r?(c=a.rotateRight(o),l.isRotating=!0):(c=a.moveRight(i),l.isPanning=!0);break;case"ArrowUp":r?(c=a.rotateUp(s),l.isRotating=!0):(c=a.moveUp(i),l.isPanning=!0);break;case"ArrowDown":r?(c=a.rotateDown(s),l.isRotating=!0):(c=a.moveDown(i),l.isPanning=!0);break;default:return!1}return this.updateViewport(c,this._getTransitionProps(),l),!0}_getTransitionProps(e){let{transition:r}=this;return!r||!r.transitionInterpolator?Pt:e?{...r,transitionInterpolator:new on({...e,...r.transitionInterpolator.opts,makeViewport:this.controllerState.makeViewport})}:r}};var si=Symbol("constraintAround"),ns=class{constructor(e,r,n,i){this.makeViewport=n,this._viewportProps=this.applyConstraints(e,i),this._state=r}getViewportProps(){return this._viewportProps}getState(){return this._state}};function jc(t,e,r){let n=t-e;return n&&Number.isFinite(n)?e+n*r/(r+Math.abs(n)):e}function ip(t,e,r){let n=Re(Ie(r?.left??0),t),i=Re(Ie(r?.right??0),t),o=Re(Ie(r?.top??0),e),s=Re(Ie(r?.bottom??0),e);return{x:n,y:o,width:t-n-i,height:e-o-s}}function Lw(t,e,r){let[n,i]=t.project(e);return n=Number.isFinite(n)?n:t.width/2,i=Number.isFinite(i)?i:t.height/2,{left:n-r.x,right:r.x+r.width-n,top:i-r.y,bottom:r.y+r.height-i}}var Aw=5,OB=1.2,Cw=512,Mw=[[-1/0,-90],[1/0,90]],kB=1;function is([t,e]){if(Math.abs(e)>90&&(e=Math.sign(e)*90),Number.isFinite(t)){let[n,i]=Ce([t,e]);return[n,Te(i,0,Cw)]}let[,r]=Ce([0,e]);return[t,Te(r,0,Cw)]}var op=class extends ns{constructor(e){let{width:r,height:n,latitude:i,longitude:o,zoom:s,bearing:a=0,pitch:c=0,altitude:l=1.5,position:u=[0,0,0],maxZoom:f=20,minZoom:d=0,maxPitch:h=60,minPitch:p=0,startPanLngLat:g,startZoomLngLat:m,startRotatePos:b,startRotateLngLat:x,startBearing:y,startPitch:w,startZoom:v,normalize:E=!0,rubberBand:P=!1}=e,{[si]:L}=e;$(Number.isFinite(o)),$(Number.isFinite(i)),$(Number.isFinite(s));let C=e.maxBounds||(E?Mw:null),T=e.maxBoundsPadding||null;super({width:r,height:n,latitude:i,longitude:o,zoom:s,bearing:a,pitch:c,altitude:l,maxZoom:f,minZoom:d,maxPitch:h,minPitch:p,normalize:E,position:u,maxBounds:C,maxBoundsPadding:T,rubberBand:P,[si]:L},{startPanLngLat:g,startZoomLngLat:m,startRotatePos:b,startRotateLngLat:x,startBearing:y,startPitch:w,startZoom:v},e.makeViewport,e.constraintContext),this.getAltitude=e.getAltitude}panStart({pos:e},r){return this._getUpdatedState({startPanLngLat:this._unproject(e)},r)}pan({pos:e,startPos:r},n){let i=this.getState().startPanLngLat||this._unproject(r);if(!i)return this;let s=this.makeViewport(this.getViewportProps()).panByPosition(i,e);return this._getUpdatedState(s,n)}panEnd(e){return this._getUpdatedState({startPanLngLat:null},e)}rotateStart({pos:e}){let r=this.getAltitude?.(e);return this._getUpdatedState({startRotatePos:e,startRotateLngLat:r!==void 0?this._unproject3D(e,r):void 0,startBearing:this.getViewportProps().bearing,startPitch:this.getViewportProps().pitch})}rotate({pos:e,deltaAngleX:r=0,deltaAngleY:n=0}){let{startRotatePos:i,startRotateLngLat:o,startBearing:s,startPitch:a}=this.getState();if(!i||s===void 0||a===void 0)return this;let c;if(e?c=this._getNewRotation(e,i,a,s):c={bearing:s+r,pitch:a+n},o){let l=this.makeViewport({...this.getViewportProps(),...c}),u="panByPosition3D"in l?"panByPosition3D":"panByPosition";return this._getUpdatedState({...c,...l[u](o,i)})}return this._getUpdatedState(c)}rotateEnd(){return this._getUpdatedState({startRotatePos:null,startRotateLngLat:null,startBearing:null,startPitch:null})}zoomStart({pos:e},r){return this._getUpdatedState({startZoomLngLat:this._unproject(e),startZoom:this.getViewportProps().zoom},r)}zoom({pos:e,startPos:r,scale:n},i){let{startZoom:o,startZoomLngLat:s}=this.getState();return s||(o=this.getViewportProps().zoom,s=this._unproject(r)||this._unproject(e)),s?this._getUpdatedState({zoom:o+Math.log2(n),[si]:{position:s,screenPosition:e}},i):this}zoomEnd(e){return this._getUpdatedState({startZoomLngLat:null,startZoom:null},e)}zoomIn(e=2,r){return this._zoomFromCenter(e,r)}zoomOut(e=2,r){return this._zoomFromCenter(1/e,r)}moveLeft(e=100,r){return this._panFromCenter([e,0],r)}moveRight(e=100,r){return this._panFromCenter([-e,0],r)}moveUp(e=100,r){return this._panFromCenter([0,e],r)}moveDown(e=100,r){return this._panFromCenter([0,-e],r)}rotateLeft(e=15){return this._getUpdatedState({bearing:this.getViewportProps().bearing-e})}rotateRight(e=15){return this._getUpdatedState({bearing:this.getViewportProps().bearing+e})}rotateUp(e=10){return this._getUpdatedState({pitch:this.getViewportProps().pitch+e})}rotateDown(e=10){return this._getUpdatedState({pitch:this.getViewportProps().pitch-e})}shortestPathFrom(e){let r=e.getViewportProps(),n={...this.getViewportProps()},{bearing:i,longitude:o}=n;return Math.abs(i-r.bearing)>180&&(n.bearing=i<0?i+360:i-360),Math.abs(o-r.longitude)>180&&(n.longitude=o<0?o+360:o-360),n}applyConstraints(e,r){let n=e,i=n[si];delete n[si];let{maxPitch:o,minPitch:s,pitch:a,bearing:c,normalize:l,maxBounds:u,rubberBand:f}=e;l&&(c<-180||c>180)&&(e.bearing=Gh(c+180,360)-180),e.pitch=Te(a,s,o);let d=this._constrainZoom(e.zoom,e),h=f&&r?.mode==="elastic";if(e.zoom=r?.mode==="preserve"?e.zoom:h?jc(e.zoom,d,kB):d,i){let p=this.makeViewport(e);Object.assign(e,p.panByPosition(i.position,i.screenPosition))}if(l&&(e.longitude<-180||e.longitude>180)&&(e.longitude=Gh(e.longitude+180,360)-180),u){let p=ip(e.width,e.height,e.maxBoundsPadding),g=this.makeViewport({...e,bearing:0,pitch:0}),m=Lw(g,[e.longitude,e.latitude],p),b=is(u[0]),x=is(u[1]),y=2**e.zoom,w=[b[0]+m.left/y,b[1]+m.bottom/y],v=[x[0]-m.right/y,x[1]-m.top/y],E=is([e.longitude,e.latitude]),P=[Te(E[0],w[0],v[0]),Te(E[1],w[1],v[1])],L=E.slice();if(p.width>=0&&(L[0]=r?.mode==="preserve"?E[0]:h?jc(E[0],P[0],p.width/2/y):P[0]),p.height>=0&&(L[1]=r?.mode==="preserve"?E[1]:h?jc(E[1],P[1],p.height/2/y):P[1]),L[0]!==E[0]||L[1]!==E[1]){let[C,T]=Me(L);L[0]!==E[0]&&(e.longitude=C),L[1]!==E[1]&&(e.latitude=T)}}return e}_constrainZoom(e,r){r||(r=this.getViewportProps());let{maxZoom:n,maxBounds:i}=r,o=i!==null&&r.width>0&&r.height>0,{minZoom:s}=r;if(o){let a=ip(r.width,r.height,r.maxBoundsPadding),c=is(i[0]),l=is(i[1]),u=l[0]-c[0],f=l[1]-c[1];a.width>0&&Number.isFinite(u)&&u>0&&(s=Math.max(s,Math.log2(a.width/u))),a.height>0&&Number.isFinite(f)&&f>0&&(s=Math.max(s,Math.log2(a.height/f))),s>n&&(s=n)}return Te(e,s,n)}_zoomFromCenter(e,r){let{width:n,height:i}=this.getViewportProps();return this.zoom({pos:[n/2,i/2],scale:e},r)}_panFromCenter(e,r){let{width:n,height:i}=this.getViewportProps();return this.pan({startPos:[n/2,i/2],pos:[n/2+e[0],i/2+e[1]]},r)}_getUpdatedState(e,r){return new this.constructor({makeViewport:this.makeViewport,...this.getViewportProps(),...this.getState(),...e,constraintContext:r})}_unproject(e){let r=this.makeViewport(this.getViewportProps());return e&&r.unproject(e)}_unproject3D(e,r){return this.makeViewport(this.getViewportProps()).unproject(e,{targetZ:r})}_getNewRotation(e,r,n,i){let o=e[0]-r[0],s=e[1]-r[1],a=e[1],c=r[1],{width:l,height:u}=this.getViewportProps(),f=o/l,d=0;s>0?Math.abs(u-c)>Aw&&(d=s/(c-u)*OB):s<0&&c>Aw&&(d=1-a/c),d=Te(d,-1,1);let{minPitch:h,maxPitch:p}=this.getViewportProps(),g=i+180*f,m=n;return d>0?m=n+d*(p-n):d<0&&(m=n-d*(h-n)),{pitch:m,bearing:g}}},os=class extends rs{constructor(){super(...arguments),this.ControllerState=op,this.transition={transitionDuration:300,transitionInterpolator:new on({transitionProps:{compare:["longitude","latitude","zoom","bearing","pitch","position"],required:["longitude","latitude","zoom"]}})},this.dragMode="pan",this.rotationPivot="center",this._getAltitude=e=>{if(this.rotationPivot==="2d")return 0;if(this.rotationPivot==="3d"&&this.pickPosition){let{x:r,y:n}=this.props,i=this.pickPosition(r+e[0],n+e[1]);if(i&&i.coordinate&&i.coordinate.length>=3)return i.coordinate[2]}}}setProps(e){"rotationPivot"in e&&(this.rotationPivot=e.rotationPivot||"center"),e.getAltitude=this._getAltitude,e.position=e.position||[0,0,0],e.maxBounds=e.maxBounds||(e.normalize===!1?null:Mw),super.setProps(e)}updateViewport(e,r=null,n={}){let i=e.getState();n.isDragging&&i.startRotateLngLat?n={...n,rotationPivotPosition:i.startRotateLngLat}:n.isDragging===!1&&(n={...n,rotationPivotPosition:void 0}),super.updateViewport(e,r,n)}};var Hc=class extends es{constructor(e={}){super(e)}getViewportType(){return fr}get ControllerType(){return os}};Hc.displayName="MapView";var ss=Hc;var DB=new Zn;function NB(t,e){let r=t.order??1/0,n=e.order??1/0;return r-n}var as=class{constructor(e){this._resolvedEffects=[],this._defaultEffects=[],this.effects=[],this._context=e,this._needsRedraw="Initial render",this._setEffects([])}addDefaultEffect(e){let r=this._defaultEffects;if(!r.find(n=>n.id===e.id)){let n=r.findIndex(i=>NB(i,e)>0);n<0?r.push(e):r.splice(n,0,e),e.setup(this._context),this._setEffects(this.effects)}}setProps(e){"effects"in e&&(Z(e.effects,this.effects,1)||this._setEffects(e.effects))}needsRedraw(e={clearRedrawFlags:!1}){let r=this._needsRedraw;return e.clearRedrawFlags&&(this._needsRedraw=!1),r}getEffects(){return this._resolvedEffects}_setEffects(e){let r={};for(let i of this.effects)r[i.id]=i;let n=[];for(let i of e){let o=r[i.id],s=i;o&&o!==i?o.setProps?(o.setProps(i.props),s=o):o.cleanup(this._context):o||i.setup(this._context),n.push(s),delete r[i.id]}for(let i in r)r[i].cleanup(this._context);this.effects=n,this._resolvedEffects=n.concat(this._defaultEffects),e.some(i=>i instanceof Zn)||this._resolvedEffects.push(DB),this._needsRedraw="effects changed"}finalize(){for(let e of this._resolvedEffects)e.cleanup(this._context);this.effects.length=0,this._resolvedEffects.length=0,this._defaultEffects.length=0}};var cs=class extends zt{shouldDrawLayer(e){let{operation:r}=e.props;return r.includes("draw")||r.includes("terrain")}render(e){return this._render(e)}};var FB="deckRenderer.renderLayers",ls=class{constructor(e,r={}){this.device=e,this.stats=r.stats,this.layerFilter=null,this.drawPickingColors=!1,this.drawLayersPass=new cs(e),this.pickLayersPass=new rn(e),this.renderCount=0,this._needsRedraw="Initial render",this.renderBuffers=[],this.lastPostProcessEffect=null}setProps(e){this.layerFilter!==e.layerFilter&&(this.layerFilter=e.layerFilter,this._needsRedraw="layerFilter changed"),this.drawPickingColors!==e.drawPickingColors&&(this.drawPickingColors=e.drawPickingColors,this._needsRedraw="drawPickingColors changed")}renderLayers(e){let r=this.drawPickingColors?this.pickLayersPass:this.drawLayersPass,n={layerFilter:this.layerFilter,isPicking:this.drawPickingColors,...e};if(!e.viewports.length){let a=r.render(n),c="stats"in a?a.stats:a;this._updateStats(c);return}n.effects&&this._preRender(n.effects,n);let i=this.lastPostProcessEffect?this.renderBuffers[0]:n.target;this.lastPostProcessEffect&&(n.clearColor=[0,0,0,0],n.clearCanvas=!0);let o=r.render({...n,target:i}),s="stats"in o?o.stats:o;n.effects&&(this.lastPostProcessEffect&&(n.clearCanvas=e.clearCanvas===void 0?!0:e.clearCanvas),this._postRender(n.effects,n)),this.renderCount++,te(FB,this,s,e),this._updateStats(s)}needsRedraw(e={clearRedrawFlags:!1}){let r=this._needsRedraw;return e.clearRedrawFlags&&(this._needsRedraw=!1),r}finalize(){let{renderBuffers:e}=this;for(let r of e)r.delete();e.length=0}_updateStats(e){if(!this.stats)return;let r=0;for(let{visibleCount:n}of e)r+=n;this.stats.get("Layers rendered").addCount(r)}_preRender(e,r){this.lastPostProcessEffect=null,r.preRenderStats=r.preRenderStats||{};for(let n of e)r.preRenderStats[n.id]=n.preRender(r),n.postRender&&(this.lastPostProcessEffect=n.id);this.lastPostProcessEffect&&this._resizeRenderBuffers(r.canvasContext)}_resizeRenderBuffers(e=this.device.canvasContext){let{renderBuffers:r}=this,n=e.getDrawingBufferSize(),[i,o]=n;r.length===0&&[0,1].map(s=>{let a=this.device.createTexture({sampler:{minFilter:"linear",magFilter:"linear"},width:i,height:o});r.push(this.device.createFramebuffer({id:`deck-renderbuffer-${s}`,colorAttachments:[a]}))});for(let s of r)s.resize(n)}_postRender(e,r){let{renderBuffers:n}=this,i=r.target??r.canvasContext?.getCurrentFramebuffer()??r.target,o={...r,inputBuffer:n[0],swapBuffer:n[1]};for(let s of e)if(s.postRender){o.target=s.id===this.lastPostProcessEffect?i:void 0;let a=s.postRender(o);o.inputBuffer=a,o.swapBuffer=a===n[0]?n[1]:n[0]}}};R();var UB={pickedColor:null,pickedObjectIndex:-1};function sp({pickedColors:t,decodePickingColor:e,deviceX:r,deviceY:n,deviceRadius:i,deviceRect:o}){let{x:s,y:a,width:c,height:l}=o,u=i*i,f=-1,d=0;for(let h=0;h<l;h++){let p=h+a-n,g=p*p;if(g>u)d+=4*c;else for(let m=0;m<c;m++){if(t[d+3]-1>=0){let x=m+s-r,y=x*x+g;y<=u&&(u=y,f=d)}d+=4}}if(f>=0){let h=t.slice(f,f+4),p=e(h);if(p){let g=Math.floor(f/4/c),m=f/4-g*c;return{...p,pickedColor:h,pickedX:s+m,pickedY:a+g}}F.error("Picked non-existent layer. Is picking buffer corrupt?")()}return UB}function ap({pickedColors:t,decodePickingColor:e}){let r=new Map;if(t){for(let n=0;n<t.length;n+=4)if(t[n+3]-1>=0){let o=t.slice(n,n+4),s=o.join(",");if(!r.has(s)){let a=e(o);a?r.set(s,{...a,color:o}):F.error("Picked non-existent layer. Is picking buffer corrupt?")()}}}return Array.from(r.values())}function Yc({pickInfo:t,viewports:e,pixelRatio:r,x:n,y:i,z:o}){let s=e[0];e.length>1&&(s=GB(t?.pickedViewports||e,{x:n,y:i}));let a;if(s){let c=[n-s.x,i-s.y];o!==void 0&&(c[2]=o),a=s.unproject(c)}return{color:null,layer:null,viewport:s,index:-1,picked:!1,x:n,y:i,pixel:[n,i],coordinate:a,devicePixel:t&&"pickedX"in t?[t.pickedX,t.pickedY]:void 0,pixelRatio:r}}function cp(t){let{pickInfo:e,lastPickedInfo:r,mode:n,layers:i}=t,{pickedColor:o,pickedLayer:s,pickedObjectIndex:a}=e,c=s?[s]:[];if(n==="hover"){let f=r.index,d=r.layerId,h=s?s.props.id:null;if(h!==d||a!==f){if(h!==d){let p=i.find(g=>g.props.id===d);p&&c.unshift(p)}r.layerId=h,r.index=a,r.info=null}}let l=Yc(t),u=new Map;return u.set(null,l),c.forEach(f=>{let d={...l};f===s&&(d.color=o,d.index=a,d.picked=!0),d=qc({layer:f,info:d,mode:n});let h=d.layer;f===s&&n==="hover"&&(r.info=d),u.set(h.id,d),n==="hover"&&h.updateAutoHighlight(d)}),u}function qc({layer:t,info:e,mode:r}){for(;t&&e;){let n=e.layer||null;e.sourceLayer=n,e.layer=t,e=t.getPickingInfo({info:e,mode:r,sourceLayer:n}),t=t.parent}return e}function GB(t,e){for(let r=t.length-1;r>=0;r--){let n=t[r];if(n.containsPixel(e))return n}return t[0]}var us=class{constructor(e,r={}){this._pickable=!0,this.device=e,this.stats=r.stats,this.pickLayersPass=new rn(e),this.lastPickedInfo={index:-1,layerId:null,info:null}}setProps(e){"layerFilter"in e&&(this.layerFilter=e.layerFilter),"_pickable"in e&&(this._pickable=e._pickable)}finalize(){this.pickingFBO&&this.pickingFBO.destroy(),this.depthFBO&&this.depthFBO.destroy()}pickObjectAsync(e){return this._pickClosestObjectAsync(e)}pickObjectsAsync(e){return this._pickVisibleObjectsAsync(e)}pickObject(e){return this._pickClosestObject(e)}pickObjects(e){return this._pickVisibleObjects(e)}getLastPickedObject({x:e,y:r,layers:n,viewports:i},o=this.lastPickedInfo.info){let s=o&&o.layer&&o.layer.id,a=o&&o.viewport&&o.viewport.id,c=s?n.find(d=>d.id===s):null,l=a&&i.find(d=>d.id===a)||i[0],u=l&&l.unproject([e-l.x,r-l.y]);return{...o,...{x:e,y:r,viewport:l,coordinate:u,layer:c}}}_resizeBuffer(e=this.device.getDefaultCanvasContext()){if(!this.pickingFBO){let i=this.device.createTexture({format:"rgba8unorm",width:1,height:1,usage:G.RENDER_ATTACHMENT|G.COPY_SRC});if(this.pickingFBO=this.device.createFramebuffer({colorAttachments:[i],depthStencilAttachment:"depth16unorm"}),this.device.isTextureFormatRenderable("rgba32float")){let o=this.device.createTexture({format:"rgba32float",width:1,height:1,usage:G.RENDER_ATTACHMENT|G.COPY_SRC}),s=this.device.createFramebuffer({colorAttachments:[o],depthStencilAttachment:"depth16unorm"});this.depthFBO=s}}let[r,n]=e.getDrawingBufferSize();this.pickingFBO?.resize({width:r,height:n}),this.depthFBO?.resize({width:r,height:n})}_getPickable(e){if(this._pickable===!1)return null;let r=e.filter(n=>this.pickLayersPass.shouldDrawLayer(n)&&!n.isComposite);return r.length?r:null}async _pickClosestObjectAsync({layers:e,views:r,viewports:n,x:i,y:o,radius:s=0,depth:a=1,mode:c="query",unproject3D:l,canvasContext:u=this.device.getDefaultCanvasContext(),onViewportActive:f,effects:d}){let h=u.cssToDeviceRatio(),p=this._getPickable(e);if(!p||n.length===0)return{result:[],emptyInfo:Yc({viewports:n,x:i,y:o,pixelRatio:h})};this._resizeBuffer(u);let g=u.cssToDevicePixels([i,o],!0),m=[g.x+Math.floor(g.width/2),g.y+Math.floor(g.height/2)],b=Math.round(s*h),{width:x,height:y}=this.pickingFBO,w=this._getPickingRect({deviceX:m[0],deviceY:m[1],deviceRadius:b,deviceWidth:x,deviceHeight:y}),v={x:i-s,y:o-s,width:s*2+1,height:s*2+1},E,P=[],L=new Set;for(let C=0;C<a;C++){let T;if(w){let M=await this._drawAndSampleAsync({layers:p,views:r,viewports:n,onViewportActive:f,deviceRect:w,cullRect:v,effects:d,pass:`picking:${c}`,canvasContext:u});T=sp({...M,deviceX:m[0],deviceY:m[1],deviceRadius:b,deviceRect:w})}else T={pickedColor:null,pickedObjectIndex:-1};let D,I=this._getDepthLayers(T,p,l);if(I.length>0){let{pickedColors:M}=await this._drawAndSampleAsync({layers:I,views:r,viewports:n,onViewportActive:f,deviceRect:{x:T.pickedX??m[0],y:T.pickedY??m[1],width:1,height:1},cullRect:v,effects:d,pass:`picking:${c}:z`,canvasContext:u},!0);M[3]&&(D=M[0])}T.pickedLayer&&C+1<a&&(L.add(T.pickedLayer),T.pickedLayer.disablePickingIndex(T.pickedObjectIndex)),E=cp({pickInfo:T,lastPickedInfo:this.lastPickedInfo,mode:c,layers:p,viewports:n,x:i,y:o,z:D,pixelRatio:h});for(let M of E.values())M.layer&&P.push(M);if(!T.pickedColor)break}for(let C of L)C.restorePickingColors();return{result:P,emptyInfo:E.get(null)}}_pickClosestObject({layers:e,views:r,viewports:n,x:i,y:o,radius:s=0,depth:a=1,mode:c="query",unproject3D:l,canvasContext:u=this.device.getDefaultCanvasContext(),onViewportActive:f,effects:d}){let h=u.cssToDeviceRatio(),p=this._getPickable(e);if(!p||n.length===0)return{result:[],emptyInfo:Yc({viewports:n,x:i,y:o,pixelRatio:h})};this._resizeBuffer(u);let g=u.cssToDevicePixels([i,o],!0),m=[g.x+Math.floor(g.width/2),g.y+Math.floor(g.height/2)],b=Math.round(s*h),{width:x,height:y}=this.pickingFBO,w=this._getPickingRect({deviceX:m[0],deviceY:m[1],deviceRadius:b,deviceWidth:x,deviceHeight:y}),v={x:i-s,y:o-s,width:s*2+1,height:s*2+1},E,P=[],L=new Set;for(let C=0;C<a;C++){let T;if(w){let M=this._drawAndSample({layers:p,views:r,viewports:n,onViewportActive:f,deviceRect:w,cullRect:v,effects:d,pass:`picking:${c}`,canvasContext:u});T=sp({...M,deviceX:m[0],deviceY:m[1],deviceRadius:b,deviceRect:w})}else T={pickedColor:null,pickedObjectIndex:-1};let D,I=this._getDepthLayers(T,p,l);if(I.length>0){let{pickedColors:M}=this._drawAndSample({layers:I,views:r,viewports:n,onViewportActive:f,deviceRect:{x:T.pickedX??m[0],y:T.pickedY??m[1],width:1,height:1},cullRect:v,effects:d,pass:`picking:${c}:z`,canvasContext:u},!0);M[3]&&(D=M[0])}T.pickedLayer&&C+1<a&&(L.add(T.pickedLayer),T.pickedLayer.disablePickingIndex(T.pickedObjectIndex)),E=cp({pickInfo:T,lastPickedInfo:this.lastPickedInfo,mode:c,layers:p,viewports:n,x:i,y:o,z:D,pixelRatio:h});for(let M of E.values())M.layer&&P.push(M);if(!T.pickedColor)break}for(let C of L)C.restorePickingColors();return{result:P,emptyInfo:E.get(null)}}async _pickVisibleObjectsAsync({layers:e,views:r,viewports:n,x:i,y:o,width:s=1,height:a=1,mode:c="query",maxObjects:l=null,canvasContext:u=this.device.getDefaultCanvasContext(),onViewportActive:f,effects:d}){let h=this._getPickable(e);if(!h||n.length===0)return[];this._resizeBuffer(u);let p=u.cssToDeviceRatio(),g=u.cssToDevicePixels([i,o],!0),m=g.x,b=g.y+g.height,x=u.cssToDevicePixels([i+s,o+a],!0),y=x.x+x.width,w=x.y,v={x:m,y:w,width:y-m,height:b-w},E=await this._drawAndSampleAsync({layers:h,views:r,viewports:n,onViewportActive:f,deviceRect:v,cullRect:{x:i,y:o,width:s,height:a},effects:d,pass:`picking:${c}`,canvasContext:u}),P=ap(E),L=new Map,C=[],T=Number.isFinite(l);for(let D=0;D<P.length&&!(T&&C.length>=l);D++){let I=P[D],M={color:I.pickedColor,layer:null,index:I.pickedObjectIndex,picked:!0,x:i,y:o,pixelRatio:p};M=qc({layer:I.pickedLayer,info:M,mode:c});let N=M.layer.id;L.has(N)||L.set(N,new Set);let X=L.get(N),Q=M.object??M.index;X.has(Q)||(X.add(Q),C.push(M))}return C}_pickVisibleObjects({layers:e,views:r,viewports:n,x:i,y:o,width:s=1,height:a=1,mode:c="query",maxObjects:l=null,canvasContext:u=this.device.getDefaultCanvasContext(),onViewportActive:f,effects:d}){let h=this._getPickable(e);if(!h||n.length===0)return[];this._resizeBuffer(u);let p=u.cssToDeviceRatio(),g=u.cssToDevicePixels([i,o],!0),m=g.x,b=g.y+g.height,x=u.cssToDevicePixels([i+s,o+a],!0),y=x.x+x.width,w=x.y,v={x:m,y:w,width:y-m,height:b-w},E=this._drawAndSample({layers:h,views:r,viewports:n,onViewportActive:f,deviceRect:v,cullRect:{x:i,y:o,width:s,height:a},effects:d,pass:`picking:${c}`,canvasContext:u}),P=ap(E),L=new Map,C=[],T=Number.isFinite(l);for(let D=0;D<P.length&&!(T&&C.length>=l);D++){let I=P[D],M={color:I.pickedColor,layer:null,index:I.pickedObjectIndex,picked:!0,x:i,y:o,pixelRatio:p};M=qc({layer:I.pickedLayer,info:M,mode:c});let N=M.layer.id;L.has(N)||L.set(N,new Set);let X=L.get(N),Q=M.object??M.index;X.has(Q)||(X.add(Q),C.push(M))}return C}async _drawAndSampleAsync({layers:e,views:r,viewports:n,onViewportActive:i,deviceRect:o,cullRect:s,effects:a,pass:c,canvasContext:l},u=!1){let f=u?this.depthFBO:this.pickingFBO,d={layers:e,layerFilter:this.layerFilter,views:r,viewports:n,onViewportActive:i,pickingFBO:f,deviceRect:o,cullRect:s,effects:a,pass:c,canvasContext:l,pickZ:u,preRenderStats:{},isPicking:!0};for(let v of a)v.useInPicking&&(d.preRenderStats[v.id]=v.preRender(d));let{decodePickingColor:h,stats:p}=this.pickLayersPass.render(d);this._updateStats(p);let{x:g,y:m,width:b,height:x}=o,y=f.colorAttachments[0]?.texture;if(!y)throw new Error("Picking framebuffer color attachment is missing");let w=await this._readTextureDataAsync(y,{x:g,y:m,width:b,height:x},u?Float32Array:Uint8Array);if(!u){let v=!1;for(let E=3;E<w.length;E+=4)if(w[E]!==0){v=!0;break}!v&&w.length>0&&F.warn("Async pick readback returned only zero alpha values",{deviceRect:o,bytes:Array.from(w.subarray(0,Math.min(w.length,16)))})()}return{pickedColors:w,decodePickingColor:h}}async _readTextureDataAsync(e,r,n){let{width:i,height:o}=r,s=e.computeMemoryLayout(r),a=this.device.createBuffer({byteLength:s.byteLength,usage:k.COPY_DST|k.MAP_READ});try{e.readBuffer(r,a);let c=await a.readAsync(0,s.byteLength),l=n.BYTES_PER_ELEMENT;if(s.bytesPerRow%l!==0)throw new Error(`Texture readback row stride ${s.bytesPerRow} is not aligned to ${l}-byte elements.`);let u=new n(c.buffer,c.byteOffset,s.byteLength/l),f=i*4,d=s.bytesPerRow/l;if(d<f)throw new Error(`Texture readback row stride ${d} is smaller than packed row length ${f}.`);let h=new n(i*o*4);for(let p=0;p<o;p++){let g=p*d;h.set(u.subarray(g,g+f),p*f)}return h}finally{a.destroy()}}_drawAndSample({layers:e,views:r,viewports:n,onViewportActive:i,deviceRect:o,cullRect:s,effects:a,pass:c,canvasContext:l},u=!1){let f=u?this.depthFBO:this.pickingFBO,d={layers:e,layerFilter:this.layerFilter,views:r,viewports:n,onViewportActive:i,pickingFBO:f,deviceRect:o,cullRect:s,effects:a,pass:c,canvasContext:l,pickZ:u,preRenderStats:{},isPicking:!0};for(let w of a)w.useInPicking&&(d.preRenderStats[w.id]=w.preRender(d));let{decodePickingColor:h,stats:p}=this.pickLayersPass.render(d);this._updateStats(p);let{x:g,y:m,width:b,height:x}=o,y=new(u?Float32Array:Uint8Array)(b*x*4);return this.device.readPixelsToArrayWebGL(f,{sourceX:g,sourceY:m,sourceWidth:b,sourceHeight:x,target:y}),{pickedColors:y,decodePickingColor:h}}_updateStats(e){if(!this.stats)return;let r=0;for(let{visibleCount:n}of e)r+=n;this.stats.get("Layers picked").addCount(r)}_getDepthLayers(e,r,n){if(!n||!this.depthFBO)return[];let{pickedLayer:i}=e,o=i?.state?.terrainDrawMode==="drape";return i&&!o?[i]:r.filter(s=>s.props.operation.includes("terrain"))}_getPickingRect({deviceX:e,deviceY:r,deviceRadius:n,deviceWidth:i,deviceHeight:o}){let s=Math.max(0,e-n),a=Math.max(0,r-n),c=Math.min(i,e+n+1)-s,l=Math.min(o,r+n+1)-a;return c<=0||l<=0?null:{x:s,y:a,width:c,height:l}}};var $B={"top-left":{top:0,left:0},"top-right":{top:0,right:0},"bottom-left":{bottom:0,left:0},"bottom-right":{bottom:0,right:0},fill:{top:0,left:0,bottom:0,right:0}},zB="top-left",Iw="root",Xc=class{constructor({deck:e,parentElement:r}){this.defaultWidgets=[],this.widgets=[],this.resolvedWidgets=[],this.containers={},this.lastViewports={},this.deck=e,r?.classList.add("deck-widget-container"),this.parentElement=r}getWidgets(){return this.resolvedWidgets}setProps(e){if(e.widgets&&!Z(e.widgets,this.widgets,1)){let r=e.widgets.filter(Boolean);this._setWidgets(r)}}finalize(){for(let e of this.getWidgets())this._removeWidget(e);this.defaultWidgets.length=0,this.resolvedWidgets.length=0;for(let e in this.containers)this.containers[e].remove()}addDefault(e){this.defaultWidgets.find(r=>r.id===e.id)||(this._addWidget(e),this.defaultWidgets.push(e),this._setWidgets(this.widgets))}onRedraw({viewports:e,layers:r}){let n=e.reduce((i,o)=>(i[o.id]=o,i),{});for(let i of this.getWidgets()){let{viewId:o}=i;if(o){let s=n[o];s&&(i.onViewportChange&&i.onViewportChange(s),i.onRedraw?.({viewports:[s],layers:r}))}else{if(i.onViewportChange)for(let s of e)i.onViewportChange(s);i.onRedraw?.({viewports:e,layers:r})}}this.lastViewports=n,this._updateContainers()}onHover(e,r){for(let n of this.getWidgets()){let{viewId:i}=n;(!i||i===e.viewport?.id)&&n.onHover?.(e,r)}}getCanvasBounds(e){let n=this.deck?.getCanvas?.()?.getBoundingClientRect(),i=this.parentElement?.getBoundingClientRect(),o=this.deck?.getCanvasContext?.(e?.id);if(o&&i){o.updatePosition();let[s,a]=o.getPosition(),[c,l]=o.getCSSSize();return{x:s-i.left,y:a-i.top,width:c,height:l}}return{x:n&&i?n.left-i.left:0,y:n&&i?n.top-i.top:0,width:n?.width||this.deck?.width||0,height:n?.height||this.deck?.height||0}}onEvent(e,r){let n=jn[r.type];if(n)for(let i of this.getWidgets()){let{viewId:o}=i;(!o||o===e.viewport?.id)&&i[n]?.(e,r)}}_setWidgets(e){let r={};for(let n of this.resolvedWidgets)r[n.id]=n;this.resolvedWidgets.length=0;for(let n of this.defaultWidgets)r[n.id]=null,this.resolvedWidgets.push(n);for(let n of e){let i=r[n.id];i?i.viewId!==n.viewId||i.placement!==n.placement?(this._removeWidget(i),this._addWidget(n)):n!==i&&(i.setProps(n.props),n=i):this._addWidget(n),r[n.id]=null,this.resolvedWidgets.push(n)}for(let n in r){let i=r[n];i&&this._removeWidget(i)}this.widgets=e}_addWidget(e){let{viewId:r=null,placement:n=zB}=e,i=e.props._container??r;e.widgetManager=this,e.deck=this.deck,e.rootElement=e._onAdd({deck:this.deck,viewId:r}),e.rootElement&&this._getContainer(i,n).append(e.rootElement),e.updateHTML()}_removeWidget(e){e.onRemove?.(),e.rootElement&&e.rootElement.remove(),e.rootElement=void 0,e.deck=void 0,e.widgetManager=void 0}_getContainer(e,r){if(e&&typeof e!="string")return e;let n=e||Iw,i=this.containers[n];i||(i=document.createElement("div"),i.style.pointerEvents="none",i.style.position="absolute",i.style.overflow="hidden",this.parentElement?.append(i),this.containers[n]=i);let o=i.querySelector(`.${r}`);return o||(o=globalThis.document.createElement("div"),o.className=r,o.style.position="absolute",o.style.zIndex="2",Object.assign(o.style,$B[r]),i.append(o)),o}_updateContainers(){for(let e in this.containers){let r=this.lastViewports[e]||null,n=e===Iw||r,i=this.containers[e];if(n){let o=this._getContainerBounds(r);i.style.display="block",i.style.left=`${o.x}px`,i.style.top=`${o.y}px`,i.style.width=`${o.width}px`,i.style.height=`${o.height}px`}else i.style.display="none"}}_getContainerBounds(e){if(!e)return{x:0,y:0,width:this.parentElement?.clientWidth||this.deck.width,height:this.parentElement?.clientHeight||this.deck.height};let r=this.getCanvasBounds(e);return{x:r.x+e.x,y:r.y+e.y,width:e.width,height:e.height}}};function lp(t,e){e&&Object.entries(e).map(([r,n])=>{r.startsWith("--")?t.style.setProperty(r,n):t.style[r]=n})}function Rw(t,e){e&&Object.keys(e).map(r=>{r.startsWith("--")?t.style.removeProperty(r):t.style[r]=""})}var ai=class{constructor(e){this.viewId=null,this.props={...this.constructor.defaultProps,...e},this.id=this.props.id}setProps(e){let r=this.props,n=this.rootElement;n&&r.className!==e.className&&(r.className&&n.classList.remove(r.className),e.className&&n.classList.add(e.className)),n&&!Z(r.style,e.style,1)&&(Rw(n,r.style),lp(n,e.style)),Object.assign(this.props,e),this.updateHTML()}updateHTML(){this.rootElement&&this.onRenderHTML(this.rootElement)}get viewIds(){return this.viewId?[this.viewId]:this.deck?.getViews().map(e=>e.id)??[]}getViewState(e){return this.deck?.viewManager?.getViewState(e)||{}}setViewState(e,r){this.deck?._onViewStateChange({viewId:e,viewState:r,interactionState:{}})}onCreateRootElement(){let e=["deck-widget",this.className,this.props.className],r=document.createElement("div");return e.filter(n=>typeof n=="string"&&n.length>0).forEach(n=>r.classList.add(n)),lp(r,this.props.style),r}_onAdd(e){return this.onAdd(e)??this.onCreateRootElement()}onAdd(e){}onRemove(){}onViewportChange(e){}onRedraw(e){}onHover(e,r){}onClick(e,r){}onDrag(e,r){}onDragStart(e,r){}onDragEnd(e,r){}};ai.defaultProps={id:"widget",style:{},_container:null,className:""};var VB={zIndex:"1",position:"absolute",pointerEvents:"none",color:"#a0a7b4",backgroundColor:"#29323c",padding:"10px",top:"0",left:"0",display:"none"},fs=class extends ai{constructor(e={}){super(e),this.id="default-tooltip",this.placement="fill",this.className="deck-tooltip",this.isVisible=!1,this.setProps(e)}onCreateRootElement(){let e=document.createElement("div");return e.className=this.className,Object.assign(e.style,VB),e}onRenderHTML(e){}onViewportChange(e){this.isVisible&&e.id===this.lastViewport?.id&&!e.equals(this.lastViewport)&&this.setTooltip(null),this.lastViewport=e}onHover(e){let{deck:r}=this,n=r&&r.props.getTooltip;if(!n)return;let i=n(e),o=this.widgetManager?.getCanvasBounds(e.viewport),s=e.x+(o?.x||0),a=e.y+(o?.y||0);this.setTooltip(i,s,a)}setTooltip(e,r,n){let i=this.rootElement;if(i){if(typeof e=="string")i.innerText=e;else if(e)e.text&&(i.innerText=e.text),e.html&&(i.innerHTML=e.html),e.className&&(i.className=e.className);else{this.isVisible=!1,i.style.display="none";return}this.isVisible=!0,i.style.display="block",i.style.transform=`translate(${r}px, ${n}px)`,e&&typeof e=="object"&&"style"in e&&Object.assign(i.style,e.style)}}};fs.defaultProps={...ai.defaultProps};var ds=class{constructor(e){this.targets={},this.order=[],this.eventManagers={},this._eventRootToCanvasId=new WeakMap,this._createEventManager=e.createEventManager,this._getEventRoot=e.getEventRoot}finalize(){for(let e of Object.values(this.targets))e.eventManager.destroy(),e.presentationContext.destroy();this.targets={},this.order=[],this.eventManagers={},this._eventRootToCanvasId=new WeakMap}syncCanvasEntries(e){let r=this._normalizeCanvasList(e.canvases),n={},i=[],o=new Map;for(let{canvas:a}of r){let c=this._getEventRoot(a);o.set(c,(o.get(c)||0)+1)}for(let{id:a,canvas:c}of r){let l=this._getEventRoot(c),u=o.get(l)===1?l:c,f=this.targets[a];if(!f||f.device!==e.device||f.canvas!==c||f.eventRoot!==u){f?.eventManager.destroy(),f?.presentationContext.destroy();let d=e.device.createPresentationContext({id:a,canvas:c,useDevicePixels:e.useDevicePixels,autoResize:!0});f={id:a,device:e.device,canvas:c,eventRoot:u,presentationContext:d,eventManager:this._createEventManager(u)}}this._eventRootToCanvasId.set(u,a),this._eventRootToCanvasId.set(c,a),n[a]=f,i.push(a)}for(let[a,c]of Object.entries(this.targets))n[a]||(c.eventManager.destroy(),c.presentationContext.destroy());this.targets=n,this.order=i;let s=Object.fromEntries(Object.entries(n).map(([a,c])=>[a,c.eventManager]));this._haveSameEventManagers(s)||(this.eventManagers=s)}getCanvasIdFromEvent(e){return e?this._eventRootToCanvasId.get(e):void 0}getTarget(e){return this.targets[e||this.order[0]||pr]||null}_normalizeCanvasList(e=[]){let r=new Set;return e.map((n,i)=>{let o,s;return typeof n=="string"?(o=document.getElementById(n),$(o,`Canvas with id ${n} not found`),s=n):(o=n,s=o.id||`deckgl-canvas-${i}`),$(!r.has(s),`Duplicate canvas id ${s}`),r.add(s),{id:s,canvas:o}})}_haveSameEventManagers(e){let r=Object.keys(e),n=Object.keys(this.eventManagers);return r.length===n.length&&r.every(i=>e[i]===this.eventManagers[i])}};R();Ll();ie();ie();Fi();function Wt(){}var ek=({isDragging:t})=>t?"grabbing":"grab",iE={id:"",width:"100%",height:"100%",style:null,viewState:null,initialViewState:null,pickingRadius:0,pickAsync:"auto",layerFilter:null,parameters:{},parent:null,device:null,deviceProps:{},gl:null,canvas:null,_canvases:null,layers:[],effects:[],views:null,controller:null,useDevicePixels:!0,touchAction:"none",eventRecognizerOptions:{},_framebuffer:null,_animate:!1,_pickable:!0,_typedArrayManagerProps:{},_customRender:null,widgets:[],onDeviceInitialized:Wt,onWebGLInitialized:Wt,onResize:Wt,onViewStateChange:Wt,onInteractionStateChange:Wt,onBeforeRender:Wt,onAfterRender:Wt,onLoad:Wt,onError:t=>F.error(t.message,t.cause)(),onHover:null,onClick:null,onDragStart:null,onDrag:null,onDragEnd:null,_onMetrics:null,getCursor:ek,getTooltip:null,debug:!1,drawPickingColors:!1},Ss=class{constructor(e){this.width=0,this.height=0,this.userData={},this.device=null,this.canvas=null,this.viewManager=null,this.layerManager=null,this.effectManager=null,this.deckRenderer=null,this.deckPicker=null,this.eventManager=null,this.eventManagers={},this.widgetManager=null,this.tooltip=null,this.animationLoop=null,this._canvasContext=null,this._deviceResizeHandler=null,this.cursorState={isHovering:!1,isDragging:!1},this.stats=new ze({id:"deck.gl"}),this.metrics={fps:0,setPropsTime:0,layersCount:0,drawLayersCount:0,updateLayersCount:0,updateAttributesCount:0,updateAttributesTime:0,framesRedrawn:0,pickTime:0,pickCount:0,pickLayersCount:0,gpuTime:0,gpuTimePerFrame:0,cpuTime:0,cpuTimePerFrame:0,bufferMemory:0,textureMemory:0,renderbufferMemory:0,gpuMemory:0},this._metricsCounter=0,this._hoverPickSequence=0,this._pointerDownPickSequence=0,this._needsRedraw="Initial render",this._canvasManager=new ds({createEventManager:i=>this._createEventManager(i),getEventRoot:i=>this._getEventRoot(i)}),this._ownedCanvas=null,this._pickRequest={mode:"hover",x:-1,y:-1,radius:0,canvasId:void 0,event:null,unproject3D:!1},this._lastPointerDownInfo=null,this._lastPointerDownInfoPromise=null,this._onPointerMove=i=>{let{_pickRequest:o}=this,s=this._getCanvasIdFromEvent(i);if(i.type==="pointerleave")o.x=-1,o.y=-1,o.radius=0,o.canvasId=s;else{if(i.leftButton||i.rightButton)return;{let a=i.offsetCenter;if(!a)return;o.x=a.x,o.y=a.y,o.radius=this.props.pickingRadius,o.canvasId=s}}this.layerManager&&(this.layerManager.context.mousePosition={x:o.x,y:o.y}),o.event=i},this._onEvent=i=>{let o=jn[i.type],s=i.offsetCenter,a=this._getCanvasIdFromEvent(i);if(!o||!s||!this.layerManager)return;let c=this.layerManager.getLayers(),l=this._getInternalPickingMode();if(!l)return;if(l==="sync"){let f=i.type==="click"&&this._shouldUnproject3D(c)?this._getFirstPickedInfo(this._pickPointSync(this._getPointPickOptions(s.x,s.y,{unproject3D:!0,canvasId:a},c))):this._getLastPointerDownPickingInfo(s.x,s.y,a,c);this._dispatchPickingEvent(f,i);return}(this._lastPointerDownInfoPromise||Promise.resolve(this._getLastPointerDownPickingInfo(s.x,s.y,a,c))).then(f=>{this._dispatchPickingEvent(f,i)}).catch(f=>this.props.onError?.(f))},this._onPointerDown=i=>{let o=i.offsetCenter,s=this._getCanvasIdFromEvent(i);if(!o)return;let a=this._getInternalPickingMode();if(!a)return;let c=this.layerManager?.getLayers()||[],l=++this._pointerDownPickSequence;if(a==="sync"){let f=this._pickPointSync({x:o.x,y:o.y,canvasId:s,radius:this.props.pickingRadius}),d=this._getFirstPickedInfo(f);this._lastPointerDownInfo=d,this._lastPointerDownInfoPromise=Promise.resolve(d);return}let u=this._pickPointAsync(this._getPointPickOptions(o.x,o.y,{canvasId:s},c)).then(f=>this._getFirstPickedInfo(f)).then(f=>(l===this._pointerDownPickSequence&&(this._lastPointerDownInfo=f),f)).catch(f=>{this.props.onError?.(f);let d=this.deckPicker&&this.viewManager?this._getLastPointerDownPickingInfo(o.x,o.y,s,c):{};return l===this._pointerDownPickSequence&&(this._lastPointerDownInfo=d),d});this._lastPointerDownInfo=null,this._lastPointerDownInfoPromise=u};let r=e;this.props={...iE,...e},e=this.props,this._validateCanvasConfiguration(e),e.viewState&&e.initialViewState&&F.warn("View state tracking is disabled. Use either `initialViewState` for auto update or `viewState` for manual update.")(),this.viewState=this.props.initialViewState,e.device&&(this.device=e.device,this._setDeviceCanvasContext(e.device));let n=this.device;!n&&e.gl&&(e.gl instanceof WebGLRenderingContext&&F.error("WebGL1 context not supported.")(),n=Es.attach(e.gl,{_cacheShaders:!0,_cachePipelines:!0,...this.props.deviceProps})),n||(n=this._createDevice(e)),this.animationLoop=this._createAnimationLoop(n,e),this.setProps(r),e._typedArrayManagerProps&&tt.setOptions(e._typedArrayManagerProps),this.animationLoop.start()}finalize(){this._restoreDeviceResizeHandler(),this.animationLoop?.stop(),this.animationLoop?.destroy(),this.animationLoop=null,this._hoverPickSequence++,this._pointerDownPickSequence++,this._lastPointerDownInfo=null,this._lastPointerDownInfoPromise=null,this.layerManager?.finalize(),this.layerManager=null,this.viewManager?.finalize(),this.viewManager=null,this.effectManager?.finalize(),this.effectManager=null,this.deckRenderer?.finalize(),this.deckRenderer=null,this.deckPicker?.finalize(),this.deckPicker=null,Object.keys(this._canvasManager.targets).length||this.eventManager?.destroy(),this.eventManager=null,this.eventManagers={},this.widgetManager?.finalize(),this.widgetManager=null,this._canvasManager.finalize(),this._isMultiCanvasMode()?this.canvas=null:this.canvas&&this.canvas===this._ownedCanvas&&(this.canvas.parentElement?.removeChild(this.canvas),this.canvas=null,this._ownedCanvas=null),this._canvasContext=null}setProps(e){this.stats.get("setProps Time").timeStart(),"onLayerHover"in e&&F.removed("onLayerHover","onHover")(),"onLayerClick"in e&&F.removed("onLayerClick","onClick")(),e.initialViewState&&!Z(this.props.initialViewState,e.initialViewState,3)&&(this.viewState=e.initialViewState),$(!("_canvases"in e)||Array.isArray(e._canvases)===this._isMultiCanvasMode()),Object.assign(this.props,e),this._validateCanvasConfiguration(this.props),this._validateInternalPickingMode(),this.device&&this._isMultiCanvasMode()&&this._syncCanvasTargets(),this._setCanvasSize(this.props);let r=Object.create(this.props);if(Object.assign(r,{views:this._getViews(),width:this.width,height:this.height,viewState:this._getViewState(),eventManagers:this.eventManagers}),e.device&&e.device.id!==this.device?.id){let n=e.device.getDefaultCanvasContext();this.animationLoop?.stop(),!this._isMultiCanvasMode()&&this.canvas!==n.canvas&&(this.canvas?.remove(),this.eventManager?.destroy(),this.canvas=null),this._setDeviceCanvasContext(e.device),F.log(`recreating animation loop for new device! id=${e.device.id}`)(),this.animationLoop=this._createAnimationLoop(e.device,e),this.animationLoop.start()}if(this.animationLoop?.setProps(r),e.useDevicePixels!==void 0&&this._canvasContext?.setProps){this._canvasContext.setProps({useDevicePixels:e.useDevicePixels});for(let n of Object.values(this._canvasManager.targets))n.presentationContext.setProps({useDevicePixels:e.useDevicePixels})}this.layerManager&&(this.viewManager.setProps(r),this.layerManager.activateViewport(this.getViewports()[0]),this.layerManager.setProps(r),this.effectManager.setProps(r),this.deckRenderer.setProps(r),this.deckPicker.setProps(r),this.widgetManager.setProps(r)),this.stats.get("setProps Time").timeEnd()}needsRedraw(e={clearRedrawFlags:!1}){if(!this.layerManager)return!1;if(this.props._animate)return"Deck._animate";let r=this._needsRedraw;e.clearRedrawFlags&&(this._needsRedraw=!1);let n=this.viewManager.needsRedraw(e),i=this.layerManager.needsRedraw(e),o=this.effectManager.needsRedraw(e),s=this.deckRenderer.needsRedraw(e);return r=r||n||i||o||s,r}redraw(e){if(!this.layerManager)return;let r=this.needsRedraw({clearRedrawFlags:!0});r=e||r,r&&(this.stats.get("Redraw Count").incrementCount(),this.props._customRender?this.props._customRender(r):this._drawLayers(r))}get isInitialized(){return this.viewManager!==null}getViews(){return $(this.viewManager),this.viewManager.views}getView(e){return $(this.viewManager),this.viewManager.getView(e)}getViewports(e){return $(this.viewManager),this.viewManager.getViewports(e)}getCanvas(){return this.canvas}getCanvasContext(e){let r=e?this.viewManager?.getView(e)?.props.canvasId:void 0;return this._getCanvasContext(r)}getEventManager(e){if(!e||!this.viewManager)return this.eventManager;let r=this.viewManager.getCanvasId(e)||pr;return this.eventManagers[r]||this.eventManager}async pickObjectAsync(e){let r=(await this._pickAsync("pickObjectAsync","pickObject Time",e)).result;return r.length?r[0]:null}async pickObjectsAsync(e){return await this._pickAsync("pickObjectsAsync","pickObjects Time",e)}pickObject(e){let r=this._pick("pickObject","pickObject Time",e).result;return r.length?r[0]:null}pickMultipleObjects(e){return e.depth=e.depth||10,this._pick("pickObject","pickMultipleObjects Time",e).result}pickObjects(e){return this._pick("pickObjects","pickObjects Time",e)}_pickPositionForController(e,r,n){return this._getInternalPickingMode()!=="sync"?null:this.pickObject({x:e,y:r,radius:0,unproject3D:!0,canvasId:n?this.viewManager?.getCanvasId(n):void 0})}_addResources(e,r=!1){for(let n in e)this.layerManager.resourceManager.add({resourceId:n,data:e[n],forceUpdate:r})}_removeResources(e){for(let r of e)this.layerManager.resourceManager.remove(r)}_addDefaultEffect(e){this.effectManager.addDefaultEffect(e)}_addDefaultShaderModule(e){this.layerManager.addDefaultShaderModule(e)}_removeDefaultShaderModule(e){this.layerManager?.removeDefaultShaderModule(e)}_resolveInternalPickingMode(){let{pickAsync:e}=this.props,r=this.device?.type||this.props.deviceProps?.type;if(e==="auto")return r==="webgpu"?"async":"sync";if(e==="sync"&&r==="webgpu")throw new Error('`pickAsync: "sync"` is not supported when Deck is using a WebGPU device.');return e}_getInternalPickingMode(){try{return this._resolveInternalPickingMode()}catch(e){return this.props.onError?.(e),null}}_validateInternalPickingMode(){this._getInternalPickingMode()}_getFirstPickedInfo({result:e,emptyInfo:r}){return e[0]||r}_shouldUnproject3D(e=this.layerManager?.getLayers()||[]){return e.some(r=>r.props.pickable==="3d")}_getPointPickOptions(e,r,n={},i=this.layerManager?.getLayers()||[]){return{x:e,y:r,canvasId:n.canvasId,radius:this.props.pickingRadius,unproject3D:this._shouldUnproject3D(i),...n}}_pickPointSync(e){return this._pick("pickObject","pickObject Time",e)}_pickPointAsync(e){return this._pickAsync("pickObjectAsync","pickObject Time",e)}_getLastPointerDownPickingInfo(e,r,n,i=this.layerManager?.getLayers()||[]){return this.deckPicker.getLastPickedObject({x:e,y:r,layers:i,viewports:this.getViewports({x:e,y:r,canvasId:n})},this._lastPointerDownInfo)}_applyHoverCallbacks({result:e,emptyInfo:r},n){if(!this.widgetManager)return;this.cursorState.isHovering=e.length>0;let i=r,o=!1;for(let s of e)i=s,o=s.layer?.onHover(s,n)||o;o||(this.props.onHover?.(i,n),this.widgetManager.onHover(i,n))}_dispatchPickingEvent(e,r){if(!this.layerManager||!this.widgetManager)return;let n=jn[r.type];if(!n)return;let{layer:i}=e,o=i&&(i[n]||i.props[n]),s=this.props[n],a=!1;o&&(a=o.call(i,e,r)),a||(s?.(e,r),this.widgetManager.onEvent(e,r))}_pickAsync(e,r,n){$(this.deckPicker);let{stats:i}=this,o=this._isMultiCanvasMode()?n.canvasId||this._getDefaultCanvasId():n.canvasId,s=this._getCanvasContext(o)||void 0;i.get("Pick Count").incrementCount(),i.get(r).timeStart(),this._resizeForCanvasTarget(o);let a=this.deckPicker[e]({layers:this.layerManager.getLayers(n),views:this.viewManager.getViews(),viewports:this.getViewports({...n,canvasId:o}),onViewportActive:this.layerManager.activateViewport,effects:this.effectManager.getEffects(),...n,canvasId:o,canvasContext:s});return i.get(r).timeEnd(),a}_pick(e,r,n){$(this.deckPicker);let{stats:i}=this,o=this._isMultiCanvasMode()?n.canvasId||this._getDefaultCanvasId():n.canvasId,s=this._getCanvasContext(o)||void 0;i.get("Pick Count").incrementCount(),i.get(r).timeStart(),this._resizeForCanvasTarget(o);let a=this.deckPicker[e]({layers:this.layerManager.getLayers(n),views:this.viewManager.getViews(),viewports:this.getViewports({...n,canvasId:o}),onViewportActive:this.layerManager.activateViewport,effects:this.effectManager.getEffects(),...n,canvasId:o,canvasContext:s});return i.get(r).timeEnd(),a}_createCanvas(e){let r=e.canvas;return typeof r=="string"&&(r=document.getElementById(r),$(r)),r?this._ownedCanvas=null:(r=document.createElement("canvas"),r.id=e.id||"deckgl-overlay",e.width&&typeof e.width=="number"&&(r.width=e.width),e.height&&typeof e.height=="number"&&(r.height=e.height),(e.parent||document.body).appendChild(r),this._ownedCanvas=r),Object.assign(r.style,e.style),r}_isMultiCanvasMode(){return Array.isArray(this.props._canvases)}_getDefaultCanvasId(){return this._canvasManager.order[0]||pr}_validateCanvasConfiguration(e){Array.isArray(e._canvases)&&($(!e.canvas),$(!e.gl),$(!e.device?.canvasContext||e.device.getDefaultCanvasContext().offscreenCanvas))}_createEventManager(e){let r=new Oo(e,{touchAction:this.props.touchAction,recognizers:Object.keys(Mh).map(n=>{let[i,o,s,a]=Mh[n],c=this.props.eventRecognizerOptions?.[n],l={...o,...c,event:n};return{recognizer:new i(l),recognizeWith:s,requireFailure:a}}),events:{pointerdown:this._onPointerDown,pointermove:this._onPointerMove,pointerleave:this._onPointerMove}});for(let n in jn)n==="dblclick"?r.watch(n,this._onEvent):r.on(n,this._onEvent);return r}_getEventRoot(e){return e.closest(".deck-events-root")||this.props.parent?.querySelector(".deck-events-root")||e}_syncCanvasTargets(){if(!this.device||!this._isMultiCanvasMode())return;this._canvasManager.syncCanvasEntries({device:this.device,canvases:this.props._canvases||[],useDevicePixels:this.props.useDevicePixels}),this.eventManagers=this._canvasManager.eventManagers;let e=this._getDefaultCanvasId();this.eventManager=this.eventManagers[e]||null,this.canvas=this._canvasManager.targets[e]?.canvas||null}_setCanvasContext(e){this._canvasContext=e,"style"in e.canvas&&(this.canvas=e.canvas)}_setDeviceCanvasContext(e,r={}){let n=e.getDefaultCanvasContext();this._setCanvasContext(n),this._setDeviceResizeHandler(e,r)}_setDeviceResizeHandler(e,r={}){let n=!!r.syncDrawingBuffer;if(this._deviceResizeHandler?.device===e){this._deviceResizeHandler.syncDrawingBuffer=n;return}this._restoreDeviceResizeHandler();let i=o=>{this._isMultiCanvasMode()?this._updateMultiCanvasDimensions():o===this._canvasContext&&this._canvasContext&&this._onCanvasContextResize(this._canvasContext,{syncDrawingBuffer:this._deviceResizeHandler?.syncDrawingBuffer})};e.props.onResize=i,this._deviceResizeHandler={device:e,onResize:i,syncDrawingBuffer:n}}_restoreDeviceResizeHandler(){let e=this._deviceResizeHandler;e&&e.device.props?.onResize===e.onResize&&(e.device.props.onResize=Wt),this._deviceResizeHandler=null}_setCanvasSize(e){if(this._isMultiCanvasMode()||!this.canvas)return;let{width:r,height:n}=e;if(r||r===0){let i=Number.isFinite(r)?`${r}px`:r;this.canvas.style.width=i}if(n||n===0){let i=Number.isFinite(n)?`${n}px`:n;this.canvas.style.position=e.style?.position||"absolute",this.canvas.style.height=i}}_getCanvasIdFromEvent(e){return this._canvasManager.getCanvasIdFromEvent(e?.rootElement)}_getCanvasContext(e){return this._canvasManager.getTarget(e)?.presentationContext||this._canvasContext}_resizeForCanvasTarget(e){let r=this._canvasManager.getTarget(e);if(!r||!this.device?.canvasContext)return;let[n,i]=r.presentationContext.getDrawingBufferSize();this.device.canvasContext.setDrawingBufferSize(n,i)}_createDeviceCanvas(e){if(this._isMultiCanvasMode()){let r=globalThis.OffscreenCanvas;if(!r)throw new Error("`_canvases` requires OffscreenCanvas support.");let n=typeof e.width=="number"&&Number.isFinite(e.width)?e.width:1,i=typeof e.height=="number"&&Number.isFinite(e.height)?e.height:1;return new r(n,i)}return this._createCanvas(e)}_updateCanvasSize(e=this._canvasContext){if(this._isMultiCanvasMode()){this._updateMultiCanvasDimensions();return}let{canvas:r}=this,[n,i]=e?e.getCSSSize():[r?.clientWidth??r?.width??0,r?.clientHeight??r?.height??0];(n!==this.width||i!==this.height)&&(this.width=n,this.height=i,this.viewManager?.setProps({width:n,height:i}),this.layerManager?.activateViewport(this.getViewports()[0]),this.props.onResize({width:n,height:i},e||void 0))}_onCanvasContextResize(e,r={}){if(r.syncDrawingBuffer){let{width:n,height:i}=e.canvas;e.setDrawingBufferSize(n,i)}this._needsRedraw="Canvas resized",this._updateCanvasSize(e)}_updateMultiCanvasDimensions(){let[e,r]=this._getCanvasContext()?.getCSSSize()||[0,0];(e!==this.width||r!==this.height)&&(this.width=e,this.height=r,this.props.onResize({width:e,height:r})),this._needsRedraw="Canvas resized",this.viewManager?.setNeedsUpdate("Canvas resized"),this.viewManager?.setProps({width:this.width,height:this.height})}_createAnimationLoop(e,r){let{gl:n,onError:i}=r;return new Ho({device:e,autoResizeDrawingBuffer:!n&&!Array.isArray(r._canvases),autoResizeViewport:!1,onInitialize:o=>this._setDevice(o.device),onRender:this._onRenderFrame.bind(this),onError:i})}_createDevice(e){let r=this.props.deviceProps?.createCanvasContext,n=typeof r=="object"?r:void 0,i={adapters:[],_cacheShaders:!0,_cachePipelines:!0,...e.deviceProps};i.adapters.includes(Es)||i.adapters.push(Es);let o={alphaMode:this.props.deviceProps?.type==="webgpu"?"premultiplied":void 0};return Pn.createDevice({_reuseDevices:!0,type:"webgl",...i,createCanvasContext:{...o,...n,canvas:this._createDeviceCanvas(e),useDevicePixels:this.props.useDevicePixels,autoResize:!0}})}_getViewState(){return this.props.viewState||this.viewState}_getViews(){let{views:e}=this.props,r=Array.isArray(e)?e:e?[e]:[new ss({id:"default-view"})];return r.length&&this.props.controller&&(r[0]=r[0].clone({controller:this.props.controller})),r}_onContextLost(){let{onError:e}=this.props;this.animationLoop&&e&&e(new Error("WebGL context is lost"))}_pickAndCallback(){let{_pickRequest:e}=this;if(e.event){let r=e.event,n=this.layerManager?.getLayers()||[],i=this._getPointPickOptions(e.x,e.y,{canvasId:e.canvasId,radius:e.radius,mode:e.mode},n),o=this._getInternalPickingMode(),s=++this._hoverPickSequence;if(e.event=null,e.canvasId=void 0,!o)return;if(o==="sync"){this._applyHoverCallbacks(this._pickPointSync(i),r);return}this._pickPointAsync(i).then(({result:a,emptyInfo:c})=>{s===this._hoverPickSequence&&this._applyHoverCallbacks({result:a,emptyInfo:c},r)}).catch(a=>this.props.onError?.(a))}}_updateCursor(){let e=this.props.getCursor(this.cursorState);if(this._isMultiCanvasMode()){for(let n of Object.values(this._canvasManager.targets))n.canvas.style.cursor=e;return}let r=this.props.parent||this.canvas;r&&(r.style.cursor=e)}_setDevice(e){if(this.device=e,this._validateInternalPickingMode(),!this.animationLoop)return;this._setDeviceCanvasContext(e,{syncDrawingBuffer:!!(this.props.gl&&this.props.device!==e)}),this._isMultiCanvasMode()?this._syncCanvasTargets():this.canvas&&!this.canvas.isConnected&&this.props.parent&&this.props.parent.insertBefore(this.canvas,this.props.parent.firstChild),this.device.type==="webgl"&&this.device.setParametersWebGL({blend:!0,blendFunc:[770,771,1,771],polygonOffsetFill:!0,depthTest:!0,depthFunc:515}),this.props.onDeviceInitialized(this.device),this.device.type==="webgl"&&this.props.onWebGLInitialized(this.device.gl);let r=new tn;if(r.play(),this.animationLoop.attachTimeline(r),!this._isMultiCanvasMode()){let o=this.canvas&&this._getEventRoot(this.canvas);$(o),this.eventManager=this._createEventManager(o),this.eventManagers={[pr]:this.eventManager}}this.viewManager=new Jo({timeline:r,eventManager:this.eventManager,eventManagers:this.eventManagers,getCanvasContext:this._isMultiCanvasMode()?this.getCanvasContext.bind(this):void 0,onViewStateChange:this._onViewStateChange.bind(this),onInteractionStateChange:this._onInteractionStateChange.bind(this),pickPosition:this._pickPositionForController.bind(this),views:this._getViews(),viewState:this._getViewState(),width:this.width,height:this.height});let n=this.viewManager.getViewports()[0];this.layerManager=new Qo(this.device,{deck:this,stats:this.stats,viewport:n,timeline:r}),this.effectManager=new as({deck:this,device:this.device}),this.deckRenderer=new ls(this.device,{stats:this.stats}),this.deckPicker=new us(this.device,{stats:this.stats});let i=this.props.parent?.querySelector(".deck-widgets-root")||(this._isMultiCanvasMode()?this.props.parent||this.canvas?.parentElement:null)||this.canvas?.parentElement;this.widgetManager=new Xc({deck:this,parentElement:i}),this.widgetManager.addDefault(new fs),this.setProps({}),this._updateCanvasSize(this._canvasContext),this.props.onLoad()}_drawLayers(e,r){let{device:n,gl:i}=this.layerManager.context;this.props.onBeforeRender({device:n,gl:i});let o={target:this.props._framebuffer,layers:this.layerManager.getLayers(),viewports:this.viewManager.getViewports(),onViewportActive:this.layerManager.activateViewport,views:this.viewManager.getViews(),pass:"screen",effects:this.effectManager.getEffects(),...r};if(this._isMultiCanvasMode()&&o.pass==="screen"&&!o.target&&this._canvasManager.order.length)for(let s of this._canvasManager.order){let a=o.viewports.filter(u=>this.viewManager.getCanvasId(u.id)===s);if(!a.length){let u=this._canvasManager.targets[s];this._resizeForCanvasTarget(s),this.deckRenderer?.renderLayers({...o,canvasContext:u.presentationContext,target:u.presentationContext.getCurrentFramebuffer(),viewports:[],clearCanvas:!0}),u.presentationContext.present();continue}let c=this._canvasManager.targets[s];this._resizeForCanvasTarget(s);let l=c.presentationContext.getCurrentFramebuffer();this.deckRenderer?.renderLayers({...o,canvasContext:c.presentationContext,target:l,viewports:a}),c.presentationContext.present()}else this.deckRenderer?.renderLayers(o);o.pass==="screen"&&this.widgetManager.onRedraw({viewports:o.viewports,layers:o.layers}),this.props.onAfterRender({device:n,gl:i})}_onRenderFrame(){this._getFrameStats(),this._metricsCounter++%60===0&&(this._getMetrics(),this.stats.reset(),F.table(4,this.metrics)(),this.props._onMetrics&&this.props._onMetrics(this.metrics)),this._updateCursor(),this.layerManager.updateLayers(),this._pickAndCallback(),this.redraw(),this.viewManager&&this.viewManager.updateViewStates()}_onViewStateChange(e){let r=this.props.onViewStateChange(e)||e.viewState;this.viewState&&(this.viewState={...this.viewState,[e.viewId]:r},this.props.viewState||this.viewManager&&this.viewManager.setProps({viewState:this.viewState}))}_onInteractionStateChange(e){this.cursorState.isDragging=e.isDragging||!1,this.props.onInteractionStateChange(e)}_getFrameStats(){let{stats:e}=this;e.get("frameRate").timeEnd(),e.get("frameRate").timeStart();let r=this.animationLoop.stats;e.get("GPU Time").addTime(r.get("GPU Time").lastTiming),e.get("CPU Time").addTime(r.get("CPU Time").lastTiming)}_getMetrics(){let{metrics:e,stats:r}=this;e.fps=r.get("frameRate").getHz(),e.setPropsTime=r.get("setProps Time").time,e.updateAttributesTime=r.get("Update Attributes").time,e.framesRedrawn=r.get("Redraw Count").count,e.pickTime=r.get("pickObject Time").time+r.get("pickMultipleObjects Time").time+r.get("pickObjects Time").time,e.pickCount=r.get("Pick Count").count,e.layersCount=this.layerManager?.layers.length??0,e.drawLayersCount=r.get("Layers rendered").lastSampleCount,e.pickLayersCount=r.get("Layers picked").lastSampleCount,e.updateLayersCount=r.get("Layer updates").count,e.updateAttributesCount=r.get("Attributes updated").count,e.gpuTime=r.get("GPU Time").time,e.cpuTime=r.get("CPU Time").time,e.gpuTimePerFrame=r.get("GPU Time").getAverageTime(),e.cpuTimePerFrame=r.get("CPU Time").getAverageTime();let n=Pn.stats.get("GPU Time and Memory");e.bufferMemory=n.get("Buffer Memory").count,e.textureMemory=n.get("Texture Memory").count,e.renderbufferMemory=n.get("Renderbuffer Memory").count,e.gpuMemory=n.get("GPU Memory").count}};Ss.defaultProps=iE;Ss.VERSION=a_;var Np=Ss;R();R();function oE(t){switch(t){case"float64":return Float64Array;case"uint8":case"unorm8":return Uint8ClampedArray;default:return Mr(t)}}var sE=le.getDataType.bind(le);function Ts(t,e,r){if(e.size>4)return null;let n=r==="webgpu"&&e.type==="uint8"?"unorm8":e.type,i=e.size,o=!!(r!=="webgpu"&&i===3&&n&&["uint8","sint8","unorm8","snorm8","uint16","sint16","unorm16","snorm16"].includes(n));return{attribute:t,format:i>1?`${n}x${i}${o?"-webgl":""}`:e.type,byteOffset:e.offset||0}}function Xe(t){return t.stride||t.size*t.bytesPerElement}function aE(t,e){return t.type===e.type&&t.size===e.size&&Xe(t)===Xe(e)&&(t.offset||0)===(e.offset||0)}function Fp(t,e){e.offset&&F.removed("shaderAttribute.offset","vertexOffset, elementOffset")();let r=Xe(t),n=e.vertexOffset!==void 0?e.vertexOffset:t.vertexOffset||0,i=e.elementOffset||0,o=n*r+i*t.bytesPerElement+(t.offset||0);return{...e,offset:o,stride:r}}function tk(t,e){let r=Fp(t,e);return{high:r,low:{...r,offset:r.offset+t.size*4}}}var Ps=class{constructor(e,r,n){this._buffer=null,this.device=e,this.id=r.id||"",this.size=r.size||1;let i=r.logicalType||r.type,o=i==="float64",{defaultValue:s}=r;s=Number.isFinite(s)?[s]:s||new Array(this.size).fill(0);let a;o?a="float32":!i&&r.isIndexed?a="uint32":a=i||"float32";let c=oE(i||a);this.doublePrecision=o,o&&r.fp64===!1&&(c=Float32Array),this.value=null,this.settings={...r,defaultType:c,defaultValue:s,logicalType:i,type:a,normalized:a.includes("norm"),size:this.size,bytesPerElement:c.BYTES_PER_ELEMENT},this.state={...n,externalBuffer:null,bufferAccessor:this.settings,allocatedValue:null,numInstances:0,bounds:null,constant:!1}}get isConstant(){return this.state.constant}get buffer(){return this._buffer}get byteOffset(){let e=this.getAccessor();return e.vertexOffset?e.vertexOffset*Xe(e):0}get numInstances(){return this.state.numInstances}set numInstances(e){this.state.numInstances=e}get isDoublePrecisionBuffer(){return this._shouldSplitDoublePrecisionValue(this.value)}delete(){this._buffer&&(this._buffer.delete(),this._buffer=null),tt.release(this.state.allocatedValue),this.state.allocatedValue=null}getBuffer(){return this.state.constant&&this.device.type!=="webgpu"?null:this.state.externalBuffer||this._buffer}getValue(e=this.id,r=null){let n={};if(this.state.constant){let i=this.value;if(this.device.type==="webgpu"&&this._buffer)n[e]=this._buffer;else if(r){let o=Fp(this.getAccessor(),r),s=o.offset/i.BYTES_PER_ELEMENT,a=o.size||this.size;n[e]=i.subarray(s,s+a)}else n[e]=i}else n[e]=this.getBuffer();return this.doublePrecision&&(this.isDoublePrecisionBuffer?n[`${e}64Low`]=n[e]:n[`${e}64Low`]=new Float32Array(this.size)),n}_getBufferLayout(e=this.id,r=null){let n=this.getAccessor(),i=[],o={name:this.id,byteStride:this.device.type==="webgpu"&&this.state.constant?0:Xe(n)};if(this.doublePrecision){let s=tk(n,r||{});i.push(Ts(e,{...n,...s.high},this.device.type),Ts(`${e}64Low`,{...n,...s.low},this.device.type))}else if(r){let s=Fp(n,r);i.push(Ts(e,{...n,...s},this.device.type))}else i.push(Ts(e,n,this.device.type));return o.attributes=i.filter(Boolean),o}setAccessor(e){this.state.bufferAccessor=e}getAccessor(){return this.state.bufferAccessor}getBounds(){if(this.state.bounds)return this.state.bounds;let e=null;if(this.state.constant&&this.value){let r=Array.from(this.value);e=[r,r]}else{let{value:r,numInstances:n,size:i}=this,o=n*i;if(r&&o&&r.length>=o){let s=new Array(i).fill(1/0),a=new Array(i).fill(-1/0);for(let c=0;c<o;)for(let l=0;l<i;l++){let u=r[c++];u<s[l]&&(s[l]=u),u>a[l]&&(a[l]=u)}e=[s,a]}}return this.state.bounds=e,e}setData(e){let{state:r}=this,n;ArrayBuffer.isView(e)?n={value:e}:e instanceof k?n={buffer:e}:n=e;let i={...this.settings,...n};if(ArrayBuffer.isView(n.value)){if(!n.type)if(this.doublePrecision&&n.value instanceof Float64Array)i.type="float32";else{let s=sE(n.value);i.type=i.normalized?s.replace("int","norm"):s}i.bytesPerElement=n.value.BYTES_PER_ELEMENT,i.stride=Xe(i)}if(r.bounds=null,n.constant){let o=n.value;if(o=this._normalizeValue(o,[],0),this.settings.normalized&&(o=this.normalizeConstant(o)),!(!r.constant||!this._areValuesEqual(o,this.value)))return!1;r.externalBuffer=null,r.constant=!0,this.value=ArrayBuffer.isView(o)?o:new Float32Array(o)}else if(n.buffer){let o=n.buffer;r.externalBuffer=o,r.constant=!1,this.value=n.value||null}else if(n.value){this._checkExternalBuffer(n);let o=n.value,s=o;r.externalBuffer=null,r.constant=!1,this.value=o,this._shouldSplitDoublePrecisionValue(s)&&(s=Jn(s,i),o instanceof Float32Array&&(i.stride=i.size*2*Float32Array.BYTES_PER_ELEMENT));let{buffer:a}=this,c=Xe(i),l=(i.vertexOffset||0)*c;if(this.settings.isIndexed){let f=this.settings.defaultType;s.constructor!==f&&(s=new f(s))}let u=s.byteLength+l+c*2;(!a||a.byteLength<u)&&(a=this._createBuffer(u)),a.write(s,l)}return this.setAccessor(i),!0}updateSubBuffer(e={}){this.state.bounds=null;let r=this.value,{startOffset:n=0,endOffset:i}=e,o=this._shouldSplitDoublePrecisionValue(r);this.buffer.write(o?Jn(r,{size:this.size,startIndex:n,endIndex:i}):r.subarray(n,i),n*(o?8:r.BYTES_PER_ELEMENT)+this.byteOffset)}allocate(e,r=!1){let{state:n}=this,i=n.allocatedValue,o=tt.allocate(i,e+1,{size:this.size,type:this.settings.defaultType,copy:r});this.value=o;let s=this._shouldSplitDoublePrecisionValue(o),a=s&&o instanceof Float32Array?{...this.settings,stride:this.size*2*Float32Array.BYTES_PER_ELEMENT}:this.settings;this.setAccessor(a);let{byteOffset:c}=this,{buffer:l}=this,u=o.byteLength*(s&&o instanceof Float32Array?2:1);return(!l||l.byteLength<u+c)&&(l=this._createBuffer(u+c),r&&i&&l.write(this._shouldSplitDoublePrecisionValue(i)?Jn(i,this):i,c)),n.allocatedValue=o,n.constant=!1,n.externalBuffer=null,!0}_shouldSplitDoublePrecisionValue(e){return!!(this.doublePrecision&&(e instanceof Float64Array||this.device.type==="webgpu"&&e instanceof Float32Array))}_checkExternalBuffer(e){let{value:r}=e;if(!ArrayBuffer.isView(r))throw new Error(`Attribute ${this.id} value is not TypedArray`);let n=this.settings.defaultType,i=!1;if(this.doublePrecision&&(i=r.BYTES_PER_ELEMENT<4),i)throw new Error(`Attribute ${this.id} does not support ${r.constructor.name}`);!(r instanceof n)&&this.settings.normalized&&!("normalized"in e)&&F.warn(`Attribute ${this.id} is normalized`)()}normalizeConstant(e){switch(this.settings.type){case"snorm8":return new Float32Array(e).map(r=>(r+128)/255*2-1);case"snorm16":return new Float32Array(e).map(r=>(r+32768)/65535*2-1);case"unorm8":return new Float32Array(e).map(r=>r/255);case"unorm16":return new Float32Array(e).map(r=>r/65535);default:return e}}_normalizeValue(e,r,n){let{defaultValue:i,size:o}=this.settings;if(Number.isFinite(e))return r[n]=e,r;if(!e){let s=o;for(;--s>=0;)r[n+s]=i[s];return r}switch(o){case 4:r[n+3]=Number.isFinite(e[3])?e[3]:i[3];case 3:r[n+2]=Number.isFinite(e[2])?e[2]:i[2];case 2:r[n+1]=Number.isFinite(e[1])?e[1]:i[1];case 1:r[n+0]=Number.isFinite(e[0])?e[0]:i[0];break;default:let s=o;for(;--s>=0;)r[n+s]=Number.isFinite(e[s])?e[s]:i[s]}return r}_areValuesEqual(e,r){if(!e||!r)return!1;let{size:n}=this;for(let i=0;i<n;i++)if(e[i]!==r[i])return!1;return!0}_createBuffer(e){this._buffer&&this._buffer.destroy();let{isIndexed:r,type:n}=this.settings,i=this.device.type==="webgpu"&&!r?k.VERTEX|k.STORAGE|k.COPY_DST|k.COPY_SRC:(r?k.INDEX:k.VERTEX)|k.COPY_DST;return this._buffer=this.device.createBuffer({...this._buffer?.props,id:this.id,usage:i,indexType:r?n:void 0,byteLength:e}),this._buffer}};var cE=[],lE=[];function Il(t,e=0,r=1/0){let n=cE,i={index:-1,data:t,target:[]};return t?typeof t[Symbol.iterator]=="function"?n=t:t.length>0&&(lE.length=t.length,n=lE):n=cE,(e>0||Number.isFinite(r))&&(n=(Array.isArray(n)?n:Array.from(n)).slice(e,r),i.index=e-1),{iterable:n,objectInfo:i}}function Rl(t){return t&&t[Symbol.asyncIterator]}function Bl(t,e){let{size:r,stride:n,offset:i,startIndices:o,nested:s}=e,a=t.BYTES_PER_ELEMENT,c=n?n/a:r,l=i?i/a:0,u=Math.floor((t.length-l)/c);return(f,{index:d,target:h})=>{if(!o){let b=d*c+l;for(let x=0;x<r;x++)h[x]=t[b+x];return h}let p=o[d],g=o[d+1]||u,m;if(s){m=new Array(g-p);for(let b=p;b<g;b++){let x=b*c+l;h=new Array(r);for(let y=0;y<r;y++)h[y]=t[x+y];m[b-p]=h}}else if(c===r)m=t.subarray(p*r+l,g*r+l);else{m=new t.constructor((g-p)*r);let b=0;for(let x=p;x<g;x++){let y=x*c+l;for(let w=0;w<r;w++)m[b++]=t[y+w]}}return m}}var uE=[],Ls=[[0,1/0]];function fE(t,e){if(t===Ls||(e[0]<0&&(e[0]=0),e[0]>=e[1]))return t;let r=[],n=t.length,i=0;for(let o=0;o<n;o++){let s=t[o];s[1]<e[0]?(r.push(s),i=o+1):s[0]>e[1]?r.push(s):e=[Math.min(s[0],e[0]),Math.max(s[1],e[1])]}return r.splice(i,0,e),r}var nk={interpolation:{duration:0,easing:t=>t},spring:{stiffness:.05,damping:.5}};function Ol(t,e){if(!t)return null;Number.isFinite(t)&&(t={type:"interpolation",duration:t});let r=t.type||"interpolation";return{...nk[r],...e,...t,type:r}}var un=class extends Ps{constructor(e,r){super(e,r,{startIndices:null,constantValue:null,lastExternalBuffer:null,binaryValue:null,binaryAccessor:null,needsUpdate:!0,needsRedraw:!1,layoutChanged:!1,updateRanges:Ls}),this.constant=!1,this.settings.update=r.update||(r.accessor?this._autoUpdater:void 0),Object.seal(this.settings),Object.seal(this.state),this._validateAttributeUpdaters()}get startIndices(){return this.state.startIndices}set startIndices(e){this.state.startIndices=e}needsUpdate(){return this.state.needsUpdate}needsRedraw({clearChangedFlags:e=!1}={}){let r=this.state.needsRedraw;return this.state.needsRedraw=r&&!e,r}layoutChanged(){return this.state.layoutChanged}setAccessor(e){var r;(r=this.state).layoutChanged||(r.layoutChanged=!aE(e,this.getAccessor())),super.setAccessor(e)}getUpdateTriggers(){let{accessor:e}=this.settings;return[this.id].concat(typeof e!="function"&&e||[])}supportsTransition(){return!!this.settings.transition}getTransitionSetting(e){if(!e||!this.supportsTransition())return null;let{accessor:r}=this.settings,n=this.settings.transition,i=Array.isArray(r)?e[r.find(o=>e[o])]:e[r];return Ol(i,n)}setNeedsUpdate(e=this.id,r){if(this.state.needsUpdate=this.state.needsUpdate||e,this.setNeedsRedraw(e),r){let{startRow:n=0,endRow:i=1/0}=r;this.state.updateRanges=fE(this.state.updateRanges,[n,i])}else this.state.updateRanges=Ls}clearNeedsUpdate(){this.state.needsUpdate=!1,this.state.updateRanges=uE}setNeedsRedraw(e=this.id){this.state.needsRedraw=this.state.needsRedraw||e}allocate(e){let{state:r,settings:n}=this;if(n.noAlloc)return!1;if(n.update){let i=this.isConstant;return super.allocate(e,r.updateRanges!==Ls),r.layoutChanged||(r.layoutChanged=i&&this.device.type==="webgpu"),!0}return!1}updateBuffer({numInstances:e,data:r,props:n,context:i}){if(!this.needsUpdate())return!1;let{state:{updateRanges:o},settings:{update:s,noAlloc:a}}=this,c=!0;if(s){for(let[l,u]of o)s.call(i,this,{data:r,startRow:l,endRow:u,props:n,numInstances:e});if(this.value)if(this.constant||!this.buffer||this.buffer.byteLength<this.value.byteLength+this.byteOffset){if(this.constant){let l=this.value;this.value=null,this.setConstantValue(i,l)}else this.setData({value:this.value,constant:this.constant});this.constant=!1}else for(let[l,u]of o){let f=Number.isFinite(l)?this.getVertexOffset(l):0,d=Number.isFinite(u)?this.getVertexOffset(u):a||!Number.isFinite(e)?this.value.length:e*this.size;super.updateSubBuffer({startOffset:f,endOffset:d})}this._checkAttributeArray()}else c=!1;return this.clearNeedsUpdate(),this.setNeedsRedraw(),c}setConstantValue(e,r){var n;if(r===void 0||typeof r=="function")return!1;let i=this.isConstant,o=this.settings.transform&&e?this.settings.transform.call(e,r):r,s=this.settings.defaultType;this.state.constantValue=this._normalizeValue(o,new s(this.size),0);let a=this.setData({constant:!0,value:o});if(this.device.type==="webgpu"){let c=this.state.constantValue;this.doublePrecision&&(c instanceof Float32Array||c instanceof Float64Array)&&(c=Jn(c,{size:this.size}),this.setAccessor({...this.getAccessor(),stride:this.size*2*Float32Array.BYTES_PER_ELEMENT}));let l=this._buffer;(!l||l.byteLength<c.byteLength)&&(l=this._createBuffer(c.byteLength)),l.write(c),(n=this.state).layoutChanged||(n.layoutChanged=!i),this.constant=!1}return a&&this.setNeedsRedraw(),this.clearNeedsUpdate(),!0}getConstantValue(){return this.isConstant?this.state.constantValue:null}setExternalBuffer(e){let{state:r}=this;return e?(this.clearNeedsUpdate(),r.lastExternalBuffer===e||(r.lastExternalBuffer=e,this.setNeedsRedraw(),this.setData(e)),!0):(r.lastExternalBuffer=null,!1)}setBinaryValue(e,r=null){let{state:n,settings:i}=this;if(!e)return n.binaryValue=null,n.binaryAccessor=null,!1;if(i.noAlloc)return!1;if(n.binaryValue===e)return this.clearNeedsUpdate(),!0;if(n.binaryValue=e,this.setNeedsRedraw(),i.transform||r!==this.startIndices){ArrayBuffer.isView(e)&&(e={value:e});let s=e;$(ArrayBuffer.isView(s.value),`invalid ${i.accessor}`);let a=!!s.size&&s.size!==this.size;return n.binaryAccessor=Bl(s.value,{size:s.size||this.size,stride:s.stride,offset:s.offset,startIndices:r,nested:a}),!1}return this.clearNeedsUpdate(),this.setData(e),!0}getVertexOffset(e){let{startIndices:r}=this;return(r?e<r.length?r[e]:this.numInstances:e)*this.size}getValue(){let e=this.settings.shaderAttributes,r=super.getValue();if(!e)return r;for(let n in e)Object.assign(r,super.getValue(n,e[n]));return r}getBufferLayout(e){this.state.layoutChanged=!1;let r=this.settings.shaderAttributes,n=super._getBufferLayout(),{stepMode:i}=this.settings;if(i==="dynamic"?n.stepMode=e?e.isInstanced?"instance":"vertex":"instance":n.stepMode=i??"vertex",!r)return n;for(let o in r){let s=super._getBufferLayout(o,r[o]);n.attributes.push(...s.attributes)}return n}_autoUpdater(e,{data:r,startRow:n,endRow:i,props:o,numInstances:s}){let{settings:a,state:c,value:l,size:u,startIndices:f}=e,{accessor:d,transform:h}=a,p=c.binaryAccessor||(typeof d=="function"?d:o[d]);$(typeof p=="function",`accessor "${d}" is not a function`);let g=e.getVertexOffset(n),{iterable:m,objectInfo:b}=Il(r,n,i);for(let x of m){b.index++;let y=p(x,b);if(h&&(y=h.call(this,y)),f){let w=(b.index<f.length-1?f[b.index+1]:s)-f[b.index];if(y&&Array.isArray(y[0])){let v=g;for(let E of y)e._normalizeValue(E,l,v),v+=u}else y&&y.length>u?l.set(y,g):(e._normalizeValue(y,b.target,0),ww({target:l,source:b.target,start:g,count:w}));g+=w*u}else e._normalizeValue(y,l,g),g+=u}}_validateAttributeUpdaters(){let{settings:e}=this;if(!(e.noAlloc||typeof e.update=="function"))throw new Error(`Attribute ${this.id} missing update or accessor`)}_checkAttributeArray(){let{value:e}=this,r=Math.min(4,this.size);if(e&&e.length>=r){let n=!0;switch(r){case 4:n=n&&Number.isFinite(e[3]);case 3:n=n&&Number.isFinite(e[2]);case 2:n=n&&Number.isFinite(e[1]);case 1:n=n&&Number.isFinite(e[0]);break;default:n=!1}if(!n)throw new Error(`Illegal attribute generated for ${this.id}`)}}};Yt();Wp();Yt();var Cs=class t{gpuDataEvaluators;format;length;id;_gpuVector;_ownsGPUDataEvaluators;_destroyed=!1;static fromGPUVector(e){if(e.bufferLayout)throw new Error(`GPUVectorEvaluator.fromGPUVector() does not accept interleaved vector "${e.name}"`);if(e.data.length===0)throw new Error(`GPUVectorEvaluator.fromGPUVector() requires GPUData for "${e.name}"`);return new t({id:e.name,gpuDataEvaluators:e.data.map(r=>z.fromGPUData(r,{id:e.name})),gpuVector:e,format:e.format})}static fromGPUDataEvaluators(e,r={}){return new t({id:r.id,gpuDataEvaluators:e,format:r.format})}constructor({id:e,gpuDataEvaluators:r,gpuVector:n,format:i}){if(r.length===0)throw new Error("GPUVectorEvaluator requires at least one GPUData evaluator");gk(r),this.id=e,this.gpuDataEvaluators=r,this.format=i??r[0].format,this.length=r.reduce((o,s)=>o+s.length,0),this._gpuVector=n,this._ownsGPUDataEvaluators=!n}get evaluated(){return!!this._gpuVector}get gpuVector(){if(!this._gpuVector)throw new Error(`${this} not evaluated`);return this._gpuVector}mapGPUData(e){return t.fromGPUDataEvaluators(this.gpuDataEvaluators.map((r,n)=>e(r,n)),{id:this.id})}async evaluate(e,r={}){if(this._destroyed)throw new Error(`GPUVectorEvaluator ${this} already destroyed`);if(this._gpuVector)return this._gpuVector;let n=await Promise.all(this.gpuDataEvaluators.map(a=>a.evaluate(e,r))),i=n[0],o=n.map(EE),s=r.format??this.format??i.format;return this._gpuVector=new It({type:"data",name:r.name??this.id??"vector",format:s,data:o,stride:i.stride,byteStride:i.byteStride,rowByteLength:i.rowByteLength,bufferLayout:i.bufferLayout}),this._gpuVector}evaluateSync(e,r={}){if(this._destroyed)throw new Error(`GPUVectorEvaluator ${this} already destroyed`);if(this._gpuVector)return this._gpuVector;let n=this.gpuDataEvaluators.map(a=>a.evaluateSync(e,r)),i=n[0],o=n.map(EE),s=r.format??this.format??i.format;return this._gpuVector=new It({type:"data",name:r.name??this.id??"vector",format:s,data:o,stride:i.stride,byteStride:i.byteStride,rowByteLength:i.rowByteLength,bufferLayout:i.bufferLayout}),this._gpuVector}destroy(){if(this._ownsGPUDataEvaluators)for(let e of this.gpuDataEvaluators)e.destroy();this._gpuVector=void 0,this._destroyed=!0}toString(){return this.id??this.constructor.name}};function gk(t){let e=t[0];for(let r of t.slice(1))if(r.type!==e.type||r.size!==e.size||r.normalized!==e.normalized||r.format!==e.format)throw new Error("GPUVectorEvaluator requires matching GPUData evaluator layouts")}function EE(t){let[e,...r]=t.data;if(!e||r.length>0)throw new Error(`GPUVectorEvaluator requires one GPUData chunk for "${t.name}"`);return e}Yt();R();var qp={};Ot(qp,{arithmetic:()=>SE,dot:()=>ME,equalAll:()=>IE,extent:()=>PE,fround:()=>LE,gather:()=>AE,interleave:()=>CE,length:()=>RE,segmentedMap:()=>BE,select:()=>OE,sequence:()=>kE,swizzle:()=>DE});zl();function pi({elementWise:t,func:e,inputs:r,output:n,outputBuffer:i}){let o=Array.isArray(r)?r:Object.values(r);for(let p of o)if(!p.value)throw new Error(`${p} does not have CPU value`);let s=n.length,a=n.size,c=new n.ValueType(s*a);for(let p=0;p<s;p++){let g=o.map(m=>J(m,p));if(t)for(let m=0;m<a;m++)c[p*a+m]=e.apply(null,g.map(b=>b[m]));else e.call(null,c.subarray(p*a,p*a+a),...g)}let l=n.ValueType.BYTES_PER_ELEMENT,u=n.offset/l,f=n.stride/l,d=a,h=c;if(u!==0||f!==d){h=new n.ValueType(u+n.byteLength/l);for(let p=0;p<s;p++){let g=p*d,m=u+p*f,b=c.subarray(g,g+a);h.set(b,m),i.write(b,m*l)}}else i.write(c);return{success:!0,value:h}}function J(t,e){let r=t.value,n=t.size,i=t.offset/t.ValueType.BYTES_PER_ELEMENT,o=t.stride/t.ValueType.BYTES_PER_ELEMENT,s=t.isConstant?0:e,a=i+s*o,c=r.slice(a,a+n);if(!t.normalized)return c;let l=new Float32Array(n);for(let u=0;u<n;u++)l[u]=_k(c[u],t.type);return l}function _k(t,e){switch(e){case"uint8":return t/255;case"uint16":return t/65535;case"uint32":return t/4294967295;case"sint8":return Math.max(t/127,-1);case"sint16":return Math.max(t/32767,-1);case"sint32":return Math.max(t/2147483647,-1);case"float32":return t;default:throw new Error(`Unsupported normalized source type ${e}`)}}var SE=({inputs:t,output:e,target:r})=>{for(let i of Object.values(t.namedInputs))if(!i.value)throw new Error(`${i} does not have CPU value`);let n=new e.ValueType(e.length*e.size);for(let i=0;i<e.length;i++){let o=Object.fromEntries(Object.entries(t.namedInputs).map(([s,a])=>[s,J(a,i)]));for(let s=0;s<e.size;s++)n[i*e.size+s]=TE(t.expression,o,s)}return r.write(n),{success:!0,value:n}};function TE(t,e,r){switch(t.kind){case"input":{let n=e[t.name];return r<n.length?n[r]:n.length===1?n[0]:0}case"literal":return Array.isArray(t.value)?t.value[r]??0:t.value;case"call":{yk(t.op,t.args.length);let n=t.args.map(i=>TE(i,e,r));switch(t.op){case"add":return n[0]+n[1];case"subtract":return n[0]-n[1];case"multiply":return n[0]*n[1];case"divide":return n[0]/n[1];case"pow":return Math.pow(n[0],n[1]);case"sqrt":return Math.sqrt(n[0]);case"abs":return Math.abs(n[0]);case"sin":return Math.sin(n[0]);case"cos":return Math.cos(n[0]);case"tan":return Math.tan(n[0]);case"exp":return Math.exp(n[0]);case"log":return Math.log(n[0]);default:{let i=t.op;throw new Error(`Unsupported arithmetic op ${i}`)}}}default:{let n=t;throw new Error(`Unsupported expression node ${n.kind}`)}}}function yk(t,e){let r=hi[t].arity;if(e!==r)throw new Error(`Arithmetic op '${t}' expects ${r} args, got ${e}`)}var PE=({inputs:t,output:e,target:r})=>{let{sourceValues:n}=t;if(!n.value)throw new Error(`${n} does not have CPU value`);let o=new e.ValueType(e.length*e.size);if(n.length===0)return{success:!1,error:new Error(`${n} is empty`)};for(let s=0;s<n.size;s++){let a=J(n,0)[s],c=s*e.size,l=c+1;o[c]=a,o[l]=a;for(let u=1;u<n.length;u++){let f=J(n,u)[s];f<o[c]&&(o[c]=f),f>o[l]&&(o[l]=f)}}return r.write(o),{success:!0,value:o}};var LE=({inputs:t,output:e,target:r})=>pi({func:(n,i)=>{let o=n.length/2,s=new Float64Array(i.buffer);for(let a=0;a<o;a++){let c=s[a];n[a]=Math.fround(c),n[a+o]=c-n[a]}return n},inputs:t,output:e,outputBuffer:r});var AE=async({inputs:t,output:e,target:r})=>{let{ids:n,sourceValues:i}=t,o=n.value,s=i.value;if(!o)throw new Error(`${n} does not have CPU value`);if(!s)throw new Error(`${i} does not have CPU value`);let a=new e.ValueType(e.length*e.size),c=new Array(e.size).fill(0);for(let l=0;l<e.length;l++){let u=J(n,l),f=Number(u[0]),d=bk(f,i.length)?J(i,f):c;a.set(d,l*e.size)}return r.write(a),{success:!0,value:a}};function bk(t,e){return Number.isInteger(t)&&t>=0&&t<e}var CE=({inputs:t,output:e,target:r})=>pi({func:(n,...i)=>{let o=0;for(let s of i)n.set(s,o),o+=s.length},inputs:t,output:e,outputBuffer:r});var ME=({inputs:t,output:e,target:r})=>{let{x:n,y:i}=t,o=new e.ValueType(e.length);for(let s=0;s<e.length;s++){let a=J(n,s),c=J(i,s),l=0;for(let u=0;u<n.size;u++)l+=a[u]*c[u];o[s]=l}return r.write(o),{success:!0,value:o}};var IE=({inputs:t,output:e,target:r})=>{let{x:n,y:i}=t,o=new e.ValueType(e.length);for(let s=0;s<e.length;s++){let a=J(n,s),c=J(i,s),l=1;for(let u=0;u<n.size;u++)if(a[u]!==c[u]){l=0;break}o[s]=l}return r.write(o),{success:!0,value:o}};var RE=({inputs:t,output:e,target:r})=>{let{x:n}=t,i=new e.ValueType(e.length);for(let o=0;o<e.length;o++){let s=J(n,o),a=0;for(let c=0;c<n.size;c++)a+=s[c]*s[c];i[o]=Math.sqrt(a)}return r.write(i),{success:!0,value:i}};var BE=async({inputs:t,output:e,target:r})=>{let{segments:n,vertexCount:i}=t,o=n.value;if(!o)throw new Error(`${n} does not have CPU value`);xk(o,n,i);let s=new e.ValueType(e.length*e.size),a=0;for(let c=0;c<i;c++){for(;a+1<n.length&&o[Hp(n,a+1)]<=c;)a++;let l=o[Hp(n,a)],u=c*e.size;s[u]=a,s[u+1]=c-l}return r.write(s),{success:!0,value:s}};function xk(t,e,r){if(e.length<1)throw new Error("segmentedMap segments must contain at least one segment start");let n=0;for(let i=0;i<e.length;i++){let o=t[Hp(e,i)];if(i===0&&o!==0)throw new Error(`segmentedMap segments must start at 0, got ${o}`);if(i>0&&o<n)throw new Error(`segmentedMap segments must be non-decreasing, got ${o} after ${n}`);n=o}if(n>r)throw new Error(`segmentedMap last segment start must be <= vertexCount, got ${n} > ${r}`)}function Hp(t,e){return t.offset/t.ValueType.BYTES_PER_ELEMENT+e*(t.stride/t.ValueType.BYTES_PER_ELEMENT)}var OE=async({inputs:t,output:e,target:r})=>{let{condition:n,whenTrue:i,whenFalse:o}=t,s=new e.ValueType(e.length*e.size);for(let a=0;a<e.length;a++){let c=J(n,a),l=J(i,a),u=J(o,a);for(let f=0;f<e.size;f++){let d=Yp(c,n.size,f);s[a*e.size+f]=d!==0?Yp(l,i.size,f):Yp(u,o.size,f)}}return r.write(s),{success:!0,value:s}};function Yp(t,e,r){return r<e?t[r]:e===1?t[0]:0}var kE=({inputs:t,output:e,target:r})=>{let n=new e.ValueType(e.length);for(let i=0;i<e.length;i++)n[i]=t.start+i*t.step;return r.write(n),{success:!0,value:n}};var DE=({inputs:t,output:e,target:r})=>{let{columns:n}=t;return pi({func:(i,o)=>{for(let s=0;s<n.length;s++)i[s]=o[n[s]]},inputs:{x:t.x},output:e,outputBuffer:r})};var am=class{_modules={cpu:qp};add(e,r){let n=this._modules[e];if(typeof r.then=="function"){let o=Promise.all([Promise.resolve(n||{}),r]).then(([s,a])=>({...s,...a}));return this._modules[e]=o,o.then(s=>{this._modules[e]=s}).catch(s=>{S.error(`Failed to register ${e} backend: ${s}`)()}),o}if(n&&typeof n.then=="function"){let o=Promise.resolve(n).then(s=>({...s,...r})).then(s=>(this._modules[e]=s,s)).catch(s=>{throw S.error(`Failed to register ${e} backend: ${s}`)(),s});return this._modules[e]=o,o}let i={...n||{},...r};return this._modules[e]=i,Promise.resolve(i)}async get(e,r){let n=this._modules[e];if(!n)if(e==="webgl")n=this.add("webgl",Promise.resolve().then(()=>(d1(),f1)));else if(e==="webgpu")n=this.add("webgpu",Promise.resolve().then(()=>(sm(),F1)));else throw new Error(`${e} backend not registered`);let o=(await n)[r];if(typeof o!="function")throw new Error(`${e} backend does not implement ${r}`);return o}getSync(e,r){let n=this._modules[e];if(!n)throw new Error(`${e} backend not registered`);if(typeof n.then=="function")throw new Error(`${e} backend is not loaded yet`);let o=n[r];if(typeof o!="function")throw new Error(`${e} backend does not implement ${r}`);return o}clear(){this._modules={}}},xi=new am;var Kl=class{inputs;dependencies;constructor(e){this.inputs=e,this.dependencies=Array.from(e instanceof Array?e:Object.values(e)).filter(r=>r instanceof z)}async execute(e,r){return await this._resolveDependencies(e),await this._executeWithHandler(await xi.get(this._getHandlerRegistry(e),this.name),r)}executeSync(e,r){this._resolveDependenciesSync(e);let n=this._executeWithHandler(xi.getSync(this._getHandlerRegistry(e),this.name),r);if(f4(n))throw new Error(`${this.name} returned a Promise in executeSync()`);return n}shouldExecuteOnCPU(){return this.output.length<=1&&Array.from(this.dependencies).every(e=>!!e.value)}_getHandlerRegistry(e){return this.shouldExecuteOnCPU()?"cpu":e.type}async _resolveDependencies(e){for(let n of this.dependencies)await n.evaluate(e);if(this._getHandlerRegistry(e)==="cpu"||e.type==="null")for(let n of this.dependencies)await n.ensureCPUValue()}_resolveDependenciesSync(e){for(let n of this.dependencies)n.evaluateSync(e);if(this._getHandlerRegistry(e)==="cpu"||e.type==="null")for(let n of this.dependencies)n.ensureCPUValueSync()}_executeWithHandler(e,r){return e({device:r.device,inputs:this.inputs,output:this.output,target:r})}};function f4(t){return typeof t?.then=="function"}function U1(...t){let e=d4(t.map(r=>r.type));return e[0]!=="f"&&t.some(r=>r.normalized)&&(e="float32"),{isConstant:t.every(r=>r.isConstant),type:e,size:t.reduce((r,n)=>Math.max(r,n.size),0),length:t.reduce((r,n)=>Math.max(r,n.length),0)}}function d4(t){let e=0,r=0;for(let n of t){if(n[0]==="f")return"float32";let i=n.endsWith("8")?8:n.endsWith("6")?16:32;n[0]==="u"?e=Math.max(e,i):r=Math.max(r,i)}return e&&!r?`uint${e}`:r&&e<32?`sint${Math.max(r,e*2)}`:"float32"}Yt();var cm=class extends Kl{name="interleave";output;constructor(e){super(e);let{isConstant:r,type:n,length:i}=U1(...e);this.output=new z({isConstant:r,type:n,size:e.reduce((o,s)=>o+s.size,0),length:i,source:this})}toString(){return`_${this.inputs.join("_")}_`}};function lm(...t){if(t.length===0)throw new Error("interleave() requires at least one input");return t.length===1?$l(t[0]):new cm(t.map($l)).output}ie();Yt();function fm(t,e){let r=p4(e);for(let n of r)n.evaluateSync(t);return h4(r),e}function h4(t){let e=new Set(t.flatMap(g4)),r=new Set;for(let n of t)Ql(n,r);for(let n of r)n.evaluated&&!e.has(n.buffer)&&n.destroy()}function p4(t){let e=new Set;return um(t,e,new Set),Array.from(e)}function um(t,e,r){if(_4(t)){e.add(t);return}if(!(!t||typeof t!="object"||r.has(t))){if(r.add(t),Array.isArray(t)){for(let n of t)um(n,e,r);return}if(m4(t))for(let n of Object.values(t))um(n,e,r)}}function m4(t){let e=Object.getPrototypeOf(t);return e===Object.prototype||e===null}function Ql(t,e){if(t instanceof Cs){for(let n of t.gpuDataEvaluators)Ql(n,e);return}let r=t.source;if(r){if(r instanceof z){e.has(r)||(e.add(r),Ql(r,e));return}for(let n of r.dependencies)e.has(n)||(e.add(n),Ql(n,e))}}function g4(t){return t instanceof z?[t.buffer]:t.gpuVector.data.map(e=>e.buffer instanceof me?e.buffer.buffer:e.buffer)}function _4(t){return t instanceof z||t instanceof Cs}sm();var Is=class{constructor(e,{id:r,isTransitionAttribute:n}){this.packedBuffers={},this.device=e,this.id=r,this.isTransitionAttribute=n,this.device.type==="webgpu"&&xi.add("webgpu",{interleave:Zl})}hasGroups(e){return this.device.type==="webgpu"&&Object.values(e).some(r=>!!r.settings.bufferGroup)}finalize(){for(let e of Object.values(this.packedBuffers))e.packed.destroy();this.packedBuffers={}}getBufferLayouts(e,r){let n=this._getPackedGroups(e,r,{requireValues:!1,excludeAttributes:{}});return this._getBufferLayouts(e,n,r)}getBindings(e,r,n,i){let o=this._getPackedGroups(e,n,{requireValues:!0,excludeAttributes:i}),s={},a=new Set;for(let c of o.values()){let l=!this.packedBuffers[c.id]||c.attributes.some(u=>!!r[u.id]);s[c.id]=this._getPackedBuffer(c,l);for(let u of c.attributes)a.add(u.id)}return{bufferLayouts:this._getBufferLayouts(e,o,n).filter(c=>!i[c.name]&&!e[c.name]?.settings.isIndexed),buffers:s,groupedAttributeIds:a}}_getPackedGroups(e,r,{requireValues:n,excludeAttributes:i}){let o=new Map;for(let a of Object.values(e)){let c=a.settings.bufferGroup;if(!c)continue;let l=o.get(c)||[];l.push(a),o.set(c,l)}let s=new Map;for(let[a,c]of o){let l=this._getPackedGroup(a,c,r,n,i);l&&s.set(a,l)}return s}_getPackedGroup(e,r,n,i,o){if(r.length<2)return null;let s=r.map(h=>h.getBufferLayout(n)),a=s[0].stepMode,c=Math.max(1,r[0].numInstances),l=i&&r.every(h=>h.isConstant);for(let h=0;h<r.length;h++){let p=r[h],g=p.getAccessor(),m=g.size*g.bytesPerElement;if(o[p.id]||p.settings.isIndexed||p.settings.noAlloc||p.doublePrecision||this.isTransitionAttribute(p.id)||s[h].stepMode!==a||p.numInstances!==r[0].numInstances||(g.offset||0)!==0||(g.vertexOffset||0)!==0||Xe(g)!==m||i&&(p.isConstant?!p.getConstantValue()||p.getConstantValue().byteLength<m:!ArrayBuffer.isView(p.value)||p.value.byteLength<c*m))return null}let u={},f=[],d=0;for(let h=0;h<r.length;h++){let p=r[h];d=G1(d),u[p.id]=d;for(let g of s[h].attributes||[])f.push({...g,byteOffset:d+(g.byteOffset||0)});d+=Xe(p.getAccessor())}return d=G1(d),{id:e,attributes:r,byteStride:d,byteOffsets:u,rowCount:c,layout:{name:e,byteStride:l?0:d,stepMode:a,attributes:f}}}_getBufferLayouts(e,r,n){let i=[],o=new Set,s=new Set;for(let a of r.values())for(let c of a.attributes)s.add(c.id);for(let a of Object.values(e)){let c=a.settings.bufferGroup,l=c&&r.get(c);l&&s.has(a.id)?o.has(l.id)||(i.push(l.layout),o.add(l.id)):i.push(a.getBufferLayout(n))}return i}_getPackedBuffer(e,r){let n=JSON.stringify({byteStride:e.layout.byteStride,attributes:e.layout.attributes}),i=this.packedBuffers[e.id];if((!i||i.layoutKey!==n)&&(r=!0),r){i&&(i.packed.destroy(),delete this.packedBuffers[e.id]);let o=this._interleavePackedGroup(e);return this.packedBuffers[e.id]={packed:o,layoutKey:n},o.buffer}if(!i)throw new Error(`Attribute buffer group ${e.id} has no packed buffer`);return i.packed.buffer}_interleavePackedGroup(e){let r=e.attributes.map(i=>this._getInterleaveInput(e,i)),n=lm(...r);return fm(this.device,n),n}_getInterleaveInput(e,r){let n=Xe(r.getAccessor()),i=e.byteOffsets[r.id];if(Ms(`${e.id}.${r.id} rowByteLength`,n),Ms(`${e.id}.${r.id} groupByteOffset`,i),r.isConstant){let c=r.getConstantValue();if(!c)throw new Error(`Attribute group ${e.id} is missing constant value ${r.id}`);return Ms(`${e.id}.${r.id} constant byteOffset`,c.byteOffset),new z({id:r.id,type:"uint32",size:n/4,isConstant:!0,value:new Uint32Array(c.buffer,c.byteOffset,n/Uint32Array.BYTES_PER_ELEMENT)})}let o=r.getBuffer(),s=r.byteOffset,a=r.getAccessor().stride||n;if(Ms(`${e.id}.${r.id} byteOffset`,s),Ms(`${e.id}.${r.id} stride`,a),!o)throw new Error(`Attribute group ${e.id} cannot interleave missing buffer ${r.id}`);return new z({id:r.id,type:"uint32",size:n/4,offset:s,stride:a,length:e.rowCount,buffer:o})}};function G1(t){return Math.ceil(t/4)*4}function Ms(t,e){if(e%4!==0)throw new Error(`Attribute buffer groups require 32-bit alignment: ${t}=${e}`)}ie();Ae();function dm(t){let{source:e,target:r,start:n=0,size:i,getData:o}=t,s=t.end||r.length,a=e.length,c=s-n;if(a>c){r.set(e.subarray(0,c),n);return}if(r.set(e,n),!o)return;let l=a;for(;l<c;){let u=o(l,e);for(let f=0;f<i;f++)r[n+l]=u[f]||0,l++}}function $1({source:t,target:e,size:r,getData:n,sourceStartIndices:i,targetStartIndices:o}){if(!i||!o)return dm({source:t,target:e,size:r,getData:n}),e;let s=0,a=0,c=n&&((u,f)=>n(u+a,f)),l=Math.min(i.length,o.length);for(let u=1;u<l;u++){let f=i[u]*r,d=o[u]*r;dm({source:t.subarray(s,f),target:e,start:a,end:d,size:r,getData:c}),s=f,a=d}return a<e.length&&dm({source:[],target:e,start:a,size:r,getData:c}),e}function z1(t){let{device:e,settings:r,value:n}=t,i=new un(e,r);return i.setData({value:n instanceof Float64Array?new Float64Array(0):new Float32Array(0),normalized:r.normalized}),i}function Jl(t){switch(t){case 1:return"float";case 2:return"vec2";case 3:return"vec3";case 4:return"vec4";default:throw new Error(`No defined attribute type for size "${t}"`)}}function eu(t){switch(t){case 1:return"float32";case 2:return"float32x2";case 3:return"float32x3";case 4:return"float32x4";default:throw new Error("invalid type size")}}function tu(t){t.push(t.shift())}function V1(t,e){let{settings:r,value:n,size:i}=t,o=t.isDoublePrecisionBuffer?2:1,s=0,{shaderAttributes:a}=t.settings;if(a)for(let c of Object.values(a))s=Math.max(s,c.vertexOffset??0);return(r.noAlloc?n.length:(e+s)*i)*o}function ru({device:t,source:e,target:r}){return(!r||r.byteLength<e.byteLength)&&(r?.destroy(),r=t.createBuffer({byteLength:e.byteLength,usage:e.usage})),r}function nu({device:t,buffer:e,attribute:r,fromLength:n,toLength:i,fromStartIndices:o,getData:s=a=>a}){let a=r.isDoublePrecisionBuffer?2:1,c=r.size*a,l=r.byteOffset,u=r.settings.bytesPerElement<4?l/r.settings.bytesPerElement*4:l,f=r.startIndices,d=o&&f,h=r.isConstant;if(!d&&e&&n>=i)return e;let p=r.value instanceof Float64Array?Float32Array:r.value.constructor,g=h?r.value:new p(r.getBuffer().readSyncWebGL(l,i*p.BYTES_PER_ELEMENT).buffer);if(r.settings.normalized&&!h){let y=s;s=(w,v)=>r.normalizeConstant(y(w,v))}let m=h?(y,w)=>s(g,w):(y,w)=>s(g.subarray(y+l,y+l+c),w),b=e?new Float32Array(e.readSyncWebGL(u,n*4).buffer):new Float32Array(0),x=new Float32Array(i);return $1({source:b,target:x,sourceStartIndices:o,targetStartIndices:f,size:c,getData:m}),(!e||e.byteLength<x.byteLength+u)&&(e?.destroy(),e=t.createBuffer({byteLength:x.byteLength+u,usage:35050})),e.write(x,u),e}var wi=class{constructor({device:e,attribute:r,timeline:n}){this.buffers=[],this.currentLength=0,this.device=e,this.transition=new nt(n),this.attribute=r,this.attributeInTransition=z1(r),this.currentStartIndices=r.startIndices}get inProgress(){return this.transition.inProgress}start(e,r,n=1/0){this.settings=e,this.currentStartIndices=this.attribute.startIndices,this.currentLength=V1(this.attribute,r),this.transition.start({...e,duration:n})}update(){let e=this.transition.update();return e&&this.onUpdate(),e}setBuffer(e){let{stride:r}=this.attributeInTransition.getAccessor();this.attributeInTransition.setData({buffer:e,normalized:this.attribute.settings.normalized,value:this.attributeInTransition.value,stride:r})}cancel(){this.transition.cancel()}delete(){this.cancel();for(let e of this.buffers)e.destroy();this.buffers.length=0}};var Rs=class extends wi{constructor({device:e,attribute:r,timeline:n}){super({device:e,attribute:r,timeline:n}),this.type="interpolation",this.transform=w4(e,r)}start(e,r){let n=this.currentLength,i=this.currentStartIndices;if(super.start(e,r,e.duration),e.duration<=0){this.transition.cancel();return}let{buffers:o,attribute:s}=this;tu(o),o[0]=nu({device:this.device,buffer:o[0],attribute:s,fromLength:n,toLength:this.currentLength,fromStartIndices:i,getData:e.enter}),o[1]=ru({device:this.device,source:o[0],target:o[1]}),this.setBuffer(o[1]);let{transform:a}=this,c=a.model,l=Math.floor(this.currentLength/s.size);j1(s)&&(l/=2),c.setVertexCount(l),s.isConstant?(c.setAttributes({aFrom:o[0]}),c.setConstantAttributes({aTo:s.value})):c.setAttributes({aFrom:o[0],aTo:s.getBuffer()}),a.transformFeedback.setBuffers({vCurrent:o[1]})}onUpdate(){let{duration:e,easing:r}=this.settings,{time:n}=this.transition,i=n/e;r&&(i=r(i));let{model:o}=this.transform,s={time:i};o.shaderInputs.setProps({interpolation:s}),this.transform.run({discard:!0})}delete(){super.delete(),this.transform.destroy()}},y4=`layout(std140) uniform interpolationUniforms {
  float time;
} interpolation;
`,W1={name:"interpolation",vs:y4,uniformTypes:{time:"f32"}},b4=`#version 300 es
#define SHADER_NAME interpolation-transition-vertex-shader

in ATTRIBUTE_TYPE aFrom;
in ATTRIBUTE_TYPE aTo;
out ATTRIBUTE_TYPE vCurrent;

void main(void) {
  vCurrent = mix(aFrom, aTo, interpolation.time);
  gl_Position = vec4(0.0);
}
`,x4=`#version 300 es
#define SHADER_NAME interpolation-transition-vertex-shader

in ATTRIBUTE_TYPE aFrom;
in ATTRIBUTE_TYPE aFrom64Low;
in ATTRIBUTE_TYPE aTo;
in ATTRIBUTE_TYPE aTo64Low;
out ATTRIBUTE_TYPE vCurrent;
out ATTRIBUTE_TYPE vCurrent64Low;

vec2 mix_fp64(vec2 a, vec2 b, float x) {
  vec2 range = sub_fp64(b, a);
  return sum_fp64(a, mul_fp64(range, vec2(x, 0.0)));
}

void main(void) {
  for (int i=0; i<ATTRIBUTE_SIZE; i++) {
    vec2 value = mix_fp64(vec2(aFrom[i], aFrom64Low[i]), vec2(aTo[i], aTo64Low[i]), interpolation.time);
    vCurrent[i] = value.x;
    vCurrent64Low[i] = value.y;
  }
  gl_Position = vec4(0.0);
}
`;function j1(t){return t.isDoublePrecisionBuffer}function w4(t,e){let r=e.size,n=Jl(r),i=eu(r),o=e.getBufferLayout();return j1(e)?new ge(t,{vs:x4,bufferLayout:[{name:"aFrom",byteStride:8*r,attributes:[{attribute:"aFrom",format:i,byteOffset:0},{attribute:"aFrom64Low",format:i,byteOffset:4*r}]},{name:"aTo",byteStride:8*r,attributes:[{attribute:"aTo",format:i,byteOffset:0},{attribute:"aTo64Low",format:i,byteOffset:4*r}]}],modules:[yh,W1],defines:{ATTRIBUTE_TYPE:n,ATTRIBUTE_SIZE:r},moduleSettings:{},varyings:["vCurrent","vCurrent64Low"],bufferMode:35980,disableWarnings:!0}):new ge(t,{vs:b4,bufferLayout:[{name:"aFrom",format:i},{name:"aTo",format:o.attributes[0].format}],modules:[W1],defines:{ATTRIBUTE_TYPE:n},varyings:["vCurrent"],disableWarnings:!0})}ie();var Bs=class extends wi{constructor({device:e,attribute:r,timeline:n}){super({device:e,attribute:r,timeline:n}),this.type="spring",this.texture=L4(e),this.framebuffer=A4(e,this.texture),this.transform=P4(e,r)}start(e,r){let n=this.currentLength,i=this.currentStartIndices;super.start(e,r);let{buffers:o,attribute:s}=this;for(let c=0;c<2;c++)o[c]=nu({device:this.device,buffer:o[c],attribute:s,fromLength:n,toLength:this.currentLength,fromStartIndices:i,getData:e.enter});o[2]=ru({device:this.device,source:o[0],target:o[2]}),this.setBuffer(o[1]);let{model:a}=this.transform;a.setVertexCount(Math.floor(this.currentLength/s.size)),s.isConstant?a.setConstantAttributes({aTo:s.value}):a.setAttributes({aTo:s.getBuffer()})}onUpdate(){let{buffers:e,transform:r,framebuffer:n,transition:i}=this,o=this.settings;r.model.setAttributes({aPrev:e[0],aCur:e[1]}),r.transformFeedback.setBuffers({vNext:e[2]});let s={stiffness:o.stiffness,damping:o.damping};r.model.shaderInputs.setProps({spring:s}),r.run({framebuffer:n,discard:!1,parameters:{viewport:[0,0,1,1]},clearColor:[0,0,0,0]}),tu(e),this.setBuffer(e[1]),this.device.readPixelsToArrayWebGL(n)[0]>0||i.end()}delete(){super.delete(),this.transform.destroy(),this.texture.destroy(),this.framebuffer.destroy()}},v4=`layout(std140) uniform springUniforms {
  float damping;
  float stiffness;
} spring;
`,E4={name:"spring",vs:v4,uniformTypes:{damping:"f32",stiffness:"f32"}},S4=`#version 300 es
#define SHADER_NAME spring-transition-vertex-shader

#define EPSILON 0.00001

in ATTRIBUTE_TYPE aPrev;
in ATTRIBUTE_TYPE aCur;
in ATTRIBUTE_TYPE aTo;
out ATTRIBUTE_TYPE vNext;
out float vIsTransitioningFlag;

ATTRIBUTE_TYPE getNextValue(ATTRIBUTE_TYPE cur, ATTRIBUTE_TYPE prev, ATTRIBUTE_TYPE dest) {
  ATTRIBUTE_TYPE velocity = cur - prev;
  ATTRIBUTE_TYPE delta = dest - cur;
  ATTRIBUTE_TYPE force = delta * spring.stiffness;
  ATTRIBUTE_TYPE resistance = velocity * spring.damping;
  return force - resistance + velocity + cur;
}

void main(void) {
  bool isTransitioning = length(aCur - aPrev) > EPSILON || length(aTo - aCur) > EPSILON;
  vIsTransitioningFlag = isTransitioning ? 1.0 : 0.0;

  vNext = getNextValue(aCur, aPrev, aTo);
  gl_Position = vec4(0, 0, 0, 1);
  gl_PointSize = 100.0;
}
`,T4=`#version 300 es
#define SHADER_NAME spring-transition-is-transitioning-fragment-shader

in float vIsTransitioningFlag;

out vec4 fragColor;

void main(void) {
  if (vIsTransitioningFlag == 0.0) {
    discard;
  }
  fragColor = vec4(1.0);
}`;function P4(t,e){let r=Jl(e.size),n=eu(e.size);return new ge(t,{vs:S4,fs:T4,bufferLayout:[{name:"aPrev",format:n},{name:"aCur",format:n},{name:"aTo",format:e.getBufferLayout().attributes[0].format}],varyings:["vNext"],modules:[E4],defines:{ATTRIBUTE_TYPE:r},parameters:{depthCompare:"always",blendColorOperation:"max",blendColorSrcFactor:"one",blendColorDstFactor:"one",blendAlphaOperation:"max",blendAlphaSrcFactor:"one",blendAlphaDstFactor:"one"}})}function L4(t){return t.createTexture({data:new Uint8Array(4),format:"rgba8unorm",width:1,height:1})}function A4(t,e){return t.createFramebuffer({id:"spring-transition-is-transitioning-framebuffer",width:1,height:1,colorAttachments:[e]})}var C4={interpolation:Rs,spring:Bs},Os=class{constructor(e,{id:r,timeline:n}){if(!e)throw new Error("AttributeTransitionManager is constructed without device");this.id=r,this.device=e,this.timeline=n,this.transitions={},this.needsRedraw=!1,this.numInstances=1}finalize(){for(let e in this.transitions)this._removeTransition(e)}update({attributes:e,transitions:r,numInstances:n}){this.numInstances=n||1;for(let i in e){let o=e[i],s=o.getTransitionSetting(r);s&&this._updateAttribute(i,o,s)}for(let i in this.transitions){let o=e[i];(!o||!o.getTransitionSetting(r))&&this._removeTransition(i)}}hasAttribute(e){let r=this.transitions[e];return r&&r.inProgress}getAttributes(){let e={};for(let r in this.transitions){let n=this.transitions[r];n.inProgress&&(e[r]=n.attributeInTransition)}return e}run(){if(this.numInstances===0)return!1;for(let r in this.transitions)this.transitions[r].update()&&(this.needsRedraw=!0);let e=this.needsRedraw;return this.needsRedraw=!1,e}_removeTransition(e){this.transitions[e].delete(),delete this.transitions[e]}_updateAttribute(e,r,n){let i=this.transitions[e],o=!i||i.type!==n.type;if(o){i&&this._removeTransition(e);let s=C4[n.type];s?this.transitions[e]=new s({attribute:r,timeline:this.timeline,device:this.device}):(F.error(`unsupported transition type '${n.type}'`)(),o=!1)}(o||r.needsRedraw())&&(this.needsRedraw=!0,this.transitions[e].start(n,this.numInstances))}};var H1="attributeManager.invalidate",M4="attributeManager.updateStart",I4="attributeManager.updateEnd",R4="attribute.updateStart",B4="attribute.allocate",O4="attribute.updateEnd",ks=class{constructor(e,{id:r="attribute-manager",stats:n,timeline:i}={}){this.mergeBoundsMemoized=wt(N0),this.id=r,this.device=e,this.attributes={},this.updateTriggers={},this.needsRedraw=!0,this.userData={},this.stats=n,this.attributeTransitionManager=new Os(e,{id:`${r}-transitions`,timeline:i}),this.attributeBufferGroups=e.type==="webgpu"?new Is(e,{id:r,isTransitionAttribute:o=>this.attributeTransitionManager.hasAttribute(o)}):null,Object.seal(this)}finalize(){this.attributeBufferGroups?.finalize();for(let e in this.attributes)this.attributes[e].delete();this.attributeTransitionManager.finalize()}getNeedsRedraw(e={clearRedrawFlags:!1}){let r=this.needsRedraw;return this.needsRedraw=this.needsRedraw&&!e.clearRedrawFlags,r&&this.id}setNeedsRedraw(){this.needsRedraw=!0}add(e){this._add(e)}addInstanced(e){this._add(e,{stepMode:"instance"})}remove(e){for(let r of e)this.attributes[r]!==void 0&&(this.attributes[r].delete(),delete this.attributes[r])}invalidate(e,r){let n=this._invalidateTrigger(e,r);te(H1,this,e,n)}invalidateAll(e){for(let r in this.attributes)this.attributes[r].setNeedsUpdate(r,e);te(H1,this,"all")}update({data:e,numInstances:r,startIndices:n=null,transitions:i,props:o={},buffers:s={},context:a={}}){let c=!1;te(M4,this),this.stats&&this.stats.get("Update Attributes").timeStart();for(let l in this.attributes){let u=this.attributes[l],f=u.settings.accessor;u.startIndices=n,u.numInstances=r,o[l]&&F.removed(`props.${l}`,`data.attributes.${l}`)(),u.setExternalBuffer(s[l])||u.setBinaryValue(typeof f=="string"?s[f]:void 0,e.startIndices)||typeof f=="string"&&!s[f]&&u.setConstantValue(a,o[f])||u.needsUpdate()&&(c=!0,this._updateAttribute({attribute:u,numInstances:r,data:e,props:o,context:a})),this.needsRedraw=this.needsRedraw||u.needsRedraw()}c&&te(I4,this,r),this.stats&&(this.stats.get("Update Attributes").timeEnd(),c&&this.stats.get("Attributes updated").incrementCount()),this.attributeTransitionManager.update({attributes:this.attributes,numInstances:r,transitions:i})}updateTransition(){let{attributeTransitionManager:e}=this,r=e.run();return this.needsRedraw=this.needsRedraw||r,r}getAttributes(){return{...this.attributes,...this.attributeTransitionManager.getAttributes()}}getBounds(e){let r=e.map(n=>this.attributes[n]?.getBounds());return this.mergeBoundsMemoized(r)}getChangedAttributes(e={clearChangedFlags:!1}){let{attributes:r,attributeTransitionManager:n}=this,i={...n.getAttributes()};for(let o in r){let s=r[o];s.needsRedraw(e)&&!n.hasAttribute(o)&&(i[o]=s)}return i}getBufferLayouts(e){return this.hasBufferGroups()?this.attributeBufferGroups.getBufferLayouts(this.getAttributes(),e):Object.values(this.getAttributes()).map(r=>r.getBufferLayout(e))}hasBufferGroups(){return!!this.attributeBufferGroups?.hasGroups(this.attributes)}getBufferGroupBindings(e,r,n={}){return this.attributeBufferGroups?this.attributeBufferGroups.getBindings(this.getAttributes(),e,r,n):{bufferLayouts:this.getBufferLayouts(r),buffers:{},groupedAttributeIds:new Set}}_add(e,r){for(let n in e){let i=e[n],o={...i,id:n,size:i.isIndexed&&1||i.size||1,...r};this.attributes[n]=new un(this.device,o)}this._mapUpdateTriggersToAttributes()}_mapUpdateTriggersToAttributes(){let e={};for(let r in this.attributes)this.attributes[r].getUpdateTriggers().forEach(i=>{e[i]||(e[i]=[]),e[i].push(r)});this.updateTriggers=e}_invalidateTrigger(e,r){let{attributes:n,updateTriggers:i}=this,o=i[e];return o&&o.forEach(s=>{let a=n[s];a&&a.setNeedsUpdate(a.id,r)}),o}_updateAttribute(e){let{attribute:r,numInstances:n}=e;if(te(R4,r),r.constant){r.setConstantValue(e.context,r.value);return}r.allocate(n)&&te(B4,r,n),r.updateBuffer(e)&&(this.needsRedraw=!0,te(O4,r,n))}};R();Ll();ae();var Ds=class extends nt{get value(){return this._value}_onUpdate(){let{time:e,settings:{fromValue:r,toValue:n,duration:i,easing:o}}=this,s=o(e/i);this._value=Gt(r,n,s)}};var Y1=1e-5;function q1(t,e,r,n,i){let o=e-t,a=(r-e)*i,c=-o*n;return a+c+o+e}function k4(t,e,r,n,i){if(Array.isArray(r)){let o=[];for(let s=0;s<r.length;s++)o[s]=q1(t[s],e[s],r[s],n,i);return o}return q1(t,e,r,n,i)}function X1(t,e){if(Array.isArray(t)){let r=0;for(let n=0;n<t.length;n++){let i=t[n]-e[n];r+=i*i}return Math.sqrt(r)}return Math.abs(t-e)}var Ns=class extends nt{get value(){return this._currValue}_onUpdate(){let{fromValue:e,toValue:r,damping:n,stiffness:i}=this.settings,{_prevValue:o=e,_currValue:s=e}=this,a=k4(o,s,r,n,i),c=X1(a,r),l=X1(a,s);c<Y1&&l<Y1&&(a=r,this.end()),this._prevValue=s,this._currValue=a}};var D4={interpolation:Ds,spring:Ns},Fs=class{constructor(e){this.transitions=new Map,this.timeline=e}get active(){return this.transitions.size>0}add(e,r,n,i){let{transitions:o}=this;if(o.has(e)){let c=o.get(e),{value:l=c.settings.fromValue}=c;r=l,this.remove(e)}if(i=Ol(i),!i)return;let s=D4[i.type];if(!s){F.error(`unsupported transition type '${i.type}'`)();return}let a=new s(this.timeline);a.start({...i,fromValue:r,toValue:n}),o.set(e,a)}remove(e){let{transitions:r}=this;r.has(e)&&(r.get(e).cancel(),r.delete(e))}update(){let e={};for(let[r,n]of this.transitions)n.update(),e[r]=n.value,n.inProgress||this.remove(r);return e}clear(){for(let e of this.transitions.keys())this.remove(e)}};function K1(t){let e=t[St];for(let r in e){let n=e[r],{validate:i}=n;if(i&&!i(t[r],n))throw new Error(`Invalid prop ${r}: ${t[r]}`)}}function Q1(t,e){let r=J1({newProps:t,oldProps:e,propTypes:t[St],ignoreProps:{data:null,updateTriggers:null,extensions:null,transitions:null}}),n=F4(t,e),i=!1;return n||(i=U4(t,e)),{dataChanged:n,propsChanged:r,updateTriggersChanged:i,extensionsChanged:G4(t,e),transitionsChanged:N4(t,e)}}function N4(t,e){if(!t.transitions)return!1;let r={},n=t[St],i=!1;for(let o in t.transitions){let s=n[o],a=s&&s.type;(a==="number"||a==="color"||a==="array")&&hm(t[o],e[o],s)&&(r[o]=!0,i=!0)}return i?r:!1}function J1({newProps:t,oldProps:e,ignoreProps:r={},propTypes:n={},triggerName:i="props"}){if(e===t)return!1;if(typeof t!="object"||t===null)return`${i} changed shallowly`;if(typeof e!="object"||e===null)return`${i} changed shallowly`;for(let o of Object.keys(t))if(!(o in r)){if(!(o in e))return`${i}.${o} added`;let s=hm(t[o],e[o],n[o]);if(s)return`${i}.${o} ${s}`}for(let o of Object.keys(e))if(!(o in r)){if(!(o in t))return`${i}.${o} dropped`;if(!Object.hasOwnProperty.call(t,o)){let s=hm(t[o],e[o],n[o]);if(s)return`${i}.${o} ${s}`}}return!1}function hm(t,e,r){let n=r&&r.equal;return n&&!n(t,e,r)||!n&&(n=t&&e&&t.equals,n&&!n.call(t,e))?"changed deeply":!n&&e!==t?"changed shallowly":null}function F4(t,e){if(e===null)return"oldProps is null, initial diff";let r=!1,{dataComparator:n,_dataDiff:i}=t;return n?n(t.data,e.data)||(r="Data comparator detected a change"):t.data!==e.data&&(r="A new data container was supplied"),r&&i&&(r=i(t.data,e.data)||r),r}function U4(t,e){if(e===null)return{all:!0};if("all"in t.updateTriggers&&Z1(t,e,"all"))return{all:!0};let r={},n=!1;for(let i in t.updateTriggers)i!=="all"&&Z1(t,e,i)&&(r[i]=!0,n=!0);return n?r:!1}function G4(t,e){if(e===null)return!0;let r=e.extensions,{extensions:n}=t;if(n===r)return!1;if(!r||!n||n.length!==r.length)return!0;for(let i=0;i<n.length;i++)if(!n[i].equals(r[i]))return!0;return!1}function Z1(t,e,r){let n=t.updateTriggers[r];n=n??{};let i=e.updateTriggers[r];return i=i??{},J1({oldProps:i,newProps:n,triggerName:r})}var $4="count(): argument not an object",z4="count(): argument not a container";function e2(t){if(!W4(t))throw new Error($4);if(typeof t.count=="function")return t.count();if(Number.isFinite(t.size))return t.size;if(Number.isFinite(t.length))return t.length;if(V4(t))return Object.keys(t).length;throw new Error(z4)}function V4(t){return t!==null&&typeof t=="object"&&t.constructor===Object}function W4(t){return t!==null&&typeof t=="object"}function pm(t,e){if(!e)return t;let r={...t,...e};if("defines"in e&&(r.defines={...t.defines,...e.defines}),"modules"in e&&(r.modules=(t.modules||[]).concat(e.modules),e.modules.some(n=>n.name==="project64"))){let n=r.modules.findIndex(i=>i.name==="project32");n>=0&&r.modules.splice(n,1)}if("inject"in e)if(!t.inject)r.inject=e.inject;else{let n={...t.inject};for(let i in e.inject)n[i]=(n[i]||"")+e.inject[i];r.inject=n}return r}R();var j4={minFilter:"linear",mipmapFilter:"linear",magFilter:"linear",addressModeU:"clamp-to-edge",addressModeV:"clamp-to-edge"},mm={};function t2(t,e,r,n){if(r instanceof G)return r;r.constructor&&r.constructor.name!=="Object"&&(r={data:r});let i=null;r.compressed&&(i={minFilter:"linear",mipmapFilter:r.data.length>1?"nearest":"linear"});let{width:o,height:s}=r.data,a=e.createTexture({...r,sampler:{...j4,...i,...n},mipLevels:e.getMipLevelCount(o,s)});return e.type==="webgl"?a.generateMipmapsWebGL():e.type==="webgpu"&&e.generateMipmapsWebGPU(a),mm[a.id]=t,a}function r2(t,e){!e||!(e instanceof G)||mm[e.id]===t&&(e.delete(),delete mm[e.id])}var H4={boolean:{validate(t,e){return!0},equal(t,e,r){return!!t==!!e}},number:{validate(t,e){return Number.isFinite(t)&&(!("max"in e)||t<=e.max)&&(!("min"in e)||t>=e.min)}},color:{validate(t,e){return e.optional&&!t||gm(t)&&(t.length===3||t.length===4)},equal(t,e,r){return Z(t,e,1)}},accessor:{validate(t,e){let r=iu(t);return r==="function"||r===iu(e.value)},equal(t,e,r){return typeof e=="function"?!0:Z(t,e,1)}},array:{validate(t,e){return e.optional&&!t||gm(t)},equal(t,e,r){let{compare:n}=r,i=Number.isInteger(n)?n:n?1:0;return n?Z(t,e,i):t===e}},object:{equal(t,e,r){if(r.ignore)return!0;let{compare:n}=r,i=Number.isInteger(n)?n:n?1:0;return n?Z(t,e,i):t===e}},function:{validate(t,e){return e.optional&&!t||typeof t=="function"},equal(t,e,r){return!r.compare&&r.ignore!==!1||t===e}},data:{transform:(t,e,r)=>{if(!t)return t;let{dataTransform:n}=r.props;return n?n(t):typeof t.shape=="string"&&t.shape.endsWith("-table")&&Array.isArray(t.data)?t.data:t}},image:{transform:(t,e,r)=>{let n=r.context;return!n||!n.device?null:t2(r.id,n.device,t,{...e.parameters,...r.props.textureParameters})},release:(t,e,r)=>{r2(r.id,t)}}};function n2(t){let e={},r={},n={};for(let[i,o]of Object.entries(t)){let s=o?.deprecatedFor;if(s)n[i]=Array.isArray(s)?s:[s];else{let a=Y4(i,o);e[i]=a,r[i]=a.value}}return{propTypes:e,defaultProps:r,deprecatedProps:n}}function Y4(t,e){switch(iu(e)){case"object":return Us(t,e);case"array":return Us(t,{type:"array",value:e,compare:!1});case"boolean":return Us(t,{type:"boolean",value:e});case"number":return Us(t,{type:"number",value:e});case"function":return Us(t,{type:"function",value:e,compare:!0});default:return{name:t,type:"unknown",value:e}}}function Us(t,e){return"type"in e?{name:t,...H4[e.type],...e}:"value"in e?{name:t,type:iu(e.value),...e}:{name:t,type:"object",value:e}}function gm(t){return Array.isArray(t)||ArrayBuffer.isView(t)}function iu(t){return gm(t)?"array":t===null?"null":typeof t}function i2(t,e){let r;for(let o=e.length-1;o>=0;o--){let s=e[o];"extensions"in s&&(r=s.extensions)}let n=_m(t.constructor,r),i=Object.create(n);i[oi]=t,i[Tt]={},i[rt]={};for(let o=0;o<e.length;++o){let s=e[o];for(let a in s)i[a]=s[a]}return Object.freeze(i),i}var q4="_mergedDefaultProps";function _m(t,e){if(!(t instanceof ou.constructor))return{};let r=q4;if(e)for(let i of e){let o=i.constructor;o&&(r+=`:${o.extensionName||o.name}`)}let n=o2(t,r);return n||(t[r]=X4(t,e||[]))}function X4(t,e){if(!t.prototype)return null;let n=Object.getPrototypeOf(t),i=_m(n),o=o2(t,"defaultProps")||{},s=n2(o),a=Object.assign(Object.create(null),i,s.defaultProps),c=Object.assign(Object.create(null),i?.[St],s.propTypes),l=Object.assign(Object.create(null),i?.[Vc],s.deprecatedProps);for(let u of e){let f=_m(u.constructor);f&&(Object.assign(a,f),Object.assign(c,f[St]),Object.assign(l,f[Vc]))}return Z4(a,t),Q4(a,c),K4(a,l),a[St]=c,a[Vc]=l,e.length===0&&!ym(t,"_propTypes")&&(t._propTypes=c),a}function Z4(t,e){let r=eD(e);Object.defineProperties(t,{id:{writable:!0,value:r}})}function K4(t,e){for(let r in e)Object.defineProperty(t,r,{enumerable:!1,set(n){let i=`${this.id}: ${r}`;for(let o of e[r])ym(this,o)||(this[o]=n);F.deprecated(i,e[r].join("/"))()}})}function Q4(t,e){let r={},n={};for(let i in e){let o=e[i],{name:s,value:a}=o;o.async&&(r[s]=a,n[s]=J4(s))}t[Vt]=r,t[Tt]={},Object.defineProperties(t,n)}function J4(t){return{enumerable:!0,set(e){typeof e=="string"||e instanceof Promise||Rl(e)?this[Tt][t]=e:this[rt][t]=e},get(){if(this[rt]){if(t in this[rt])return this[rt][t]||this[Vt][t];if(t in this[Tt]){let e=this[oi]&&this[oi].internalState;if(e&&e.hasAsyncProp(t))return e.getAsyncProp(t)||this[Vt][t]}}return this[Vt][t]}}}function ym(t,e){return Object.prototype.hasOwnProperty.call(t,e)}function o2(t,e){return ym(t,e)&&t[e]}function eD(t){let e=t.componentName;return e||F.warn(`${t.name}.componentName not specified`)(),e||t.name}var tD=0,Gs=class{constructor(...e){this.props=i2(this,e),this.id=this.props.id,this.count=tD++}clone(e){let{props:r}=this,n={};for(let i in r[Vt])i in r[rt]?n[i]=r[rt][i]:i in r[Tt]&&(n[i]=r[Tt][i]);return new this.constructor({...r,...n,...e})}};Gs.componentName="Component";Gs.defaultProps={};var ou=Gs;var rD=Object.freeze({}),$s=class{constructor(e){this.component=e,this.asyncProps={},this.onAsyncPropUpdated=()=>{},this.oldProps=null,this.oldAsyncProps=null}finalize(){for(let e in this.asyncProps){let r=this.asyncProps[e];r&&r.type&&r.type.release&&r.type.release(r.resolvedValue,r.type,this.component)}this.asyncProps={},this.component=null,this.resetOldProps()}getOldProps(){return this.oldAsyncProps||this.oldProps||rD}resetOldProps(){this.oldAsyncProps=null,this.oldProps=this.component?this.component.props:null}hasAsyncProp(e){return e in this.asyncProps}getAsyncProp(e){let r=this.asyncProps[e];return r&&r.resolvedValue}isAsyncPropLoading(e){if(e){let r=this.asyncProps[e];return!!(r&&r.pendingLoadCount>0&&r.pendingLoadCount!==r.resolvedLoadCount)}for(let r in this.asyncProps)if(this.isAsyncPropLoading(r))return!0;return!1}reloadAsyncProp(e,r){this._watchPromise(e,Promise.resolve(r))}setAsyncProps(e){this.component=e[oi]||this.component;let r=e[rt]||{},n=e[Tt]||e,i=e[Vt]||{};for(let o in r){let s=r[o];this._createAsyncPropData(o,i[o]),this._updateAsyncProp(o,s),r[o]=this.getAsyncProp(o)}for(let o in n){let s=n[o];this._createAsyncPropData(o,i[o]),this._updateAsyncProp(o,s)}}_fetch(e,r){return null}_onResolve(e,r){}_onError(e,r){}_updateAsyncProp(e,r){if(this._didAsyncInputValueChange(e,r)){if(typeof r=="string"&&(r=this._fetch(e,r)),r instanceof Promise){this._watchPromise(e,r);return}if(Rl(r)){this._resolveAsyncIterable(e,r);return}this._setPropValue(e,r)}}_freezeAsyncOldProps(){if(!this.oldAsyncProps&&this.oldProps){this.oldAsyncProps=Object.create(this.oldProps);for(let e in this.asyncProps)Object.defineProperty(this.oldAsyncProps,e,{enumerable:!0,value:this.oldProps[e]})}}_didAsyncInputValueChange(e,r){let n=this.asyncProps[e];return r===n.resolvedValue||r===n.lastValue?!1:(n.lastValue=r,!0)}_setPropValue(e,r){this._freezeAsyncOldProps();let n=this.asyncProps[e];n&&(r=this._postProcessValue(n,r),n.resolvedValue=r,n.pendingLoadCount++,n.resolvedLoadCount=n.pendingLoadCount)}_setAsyncPropValue(e,r,n){let i=this.asyncProps[e];i&&n>=i.resolvedLoadCount&&r!==void 0&&(this._freezeAsyncOldProps(),i.resolvedValue=r,i.resolvedLoadCount=n,this.onAsyncPropUpdated(e,r))}_watchPromise(e,r){let n=this.asyncProps[e];if(n){n.pendingLoadCount++;let i=n.pendingLoadCount;r.then(o=>{this.component&&(o=this._postProcessValue(n,o),this._setAsyncPropValue(e,o,i),this._onResolve(e,o))}).catch(o=>{this._onError(e,o)})}}async _resolveAsyncIterable(e,r){if(e!=="data"){this._setPropValue(e,r);return}let n=this.asyncProps[e];if(!n)return;n.pendingLoadCount++;let i=n.pendingLoadCount,o=[],s=0;for await(let a of r){if(!this.component)return;let{dataTransform:c}=this.component.props;c?o=c(a,o):o=o.concat(a),Object.defineProperty(o,"__diff",{enumerable:!1,value:[{startRow:s,endRow:o.length}]}),s=o.length,this._setAsyncPropValue(e,o,i)}this._onResolve(e,o)}_postProcessValue(e,r){let n=e.type;return n&&this.component&&(n.release&&n.release(e.resolvedValue,n,this.component),n.transform)?n.transform(r,n,this.component):r}_createAsyncPropData(e,r){if(!this.asyncProps[e]){let i=this.component&&this.component.props[St];this.asyncProps[e]={type:i&&i[e],lastValue:null,resolvedValue:r,pendingLoadCount:0,resolvedLoadCount:0}}}};var zs=class extends $s{constructor({attributeManager:e,layer:r}){super(r),this.attributeManager=e,this.needsRedraw=!0,this.needsUpdate=!0,this.subLayers=null,this.usesPickingColorCache=!1,this.disabledPickingIndices=[]}get layer(){return this.component}_fetch(e,r){let n=this.layer,i=n?.props.fetch;return i?i(r,{propName:e,layer:n}):super._fetch(e,r)}_onResolve(e,r){let n=this.layer;if(n){let i=n.props.onDataLoad;e==="data"&&i&&i(r,{propName:e,layer:n})}}_onError(e,r){let n=this.layer;n&&n.raiseError(r,`loading ${e} of ${this.layer}`)}};var nD="layer.changeFlag",iD="layer.initialize",oD="layer.update",sD="layer.finalize",aD="layer.matched",s2=2**24-1,cD=Object.freeze([]),lD=wt(({oldViewport:t,viewport:e})=>t.equals(e)),Ze=new Uint8ClampedArray(0);function a2(t){return t.rowIndexes||t.pickingColors||t.instancePickingColors}function bm(t){return t.rowIndexes}function xm(t){return t.pickingColors||t.instancePickingColors}var uD={data:{type:"data",value:cD,async:!0},dataComparator:{type:"function",value:null,optional:!0},_dataDiff:{type:"function",value:t=>t&&t.__diff,optional:!0},dataTransform:{type:"function",value:null,optional:!0},onDataLoad:{type:"function",value:null,optional:!0},onError:{type:"function",value:null,optional:!0},fetch:{type:"function",value:(t,{propName:e,layer:r,loaders:n,loadOptions:i,signal:o})=>{let{resourceManager:s}=r.context;i=i||r.getLoadOptions(),n=n||r.props.loaders,o&&(i={...i,core:{...i?.core,fetch:{...i?.core?.fetch,signal:o}}});let a=s.contains(t);return!a&&!i&&(s.add({resourceId:t,data:vn(t,n),persistent:!1}),a=!0),a?s.subscribe({resourceId:t,onChange:c=>r.internalState?.reloadAsyncProp(e,c),consumerId:r.id,requestId:e}):vn(t,n,i)}},updateTriggers:{},visible:!0,pickable:!1,opacity:{type:"number",min:0,max:1,value:1},operation:"draw",onHover:{type:"function",value:null,optional:!0},onClick:{type:"function",value:null,optional:!0},onDragStart:{type:"function",value:null,optional:!0},onDrag:{type:"function",value:null,optional:!0},onDragEnd:{type:"function",value:null,optional:!0},coordinateSystem:"default",coordinateOrigin:{type:"array",value:[0,0,0],compare:!0},modelMatrix:{type:"array",value:null,compare:!0,optional:!0},wrapLongitude:!1,positionFormat:"XYZ",colorFormat:"RGBA",parameters:{type:"object",value:{},optional:!0,compare:2},loadOptions:{type:"object",value:null,optional:!0,ignore:!0},transitions:null,extensions:[],loaders:{type:"array",value:[],optional:!0,ignore:!0},getPolygonOffset:{type:"function",value:({layerIndex:t})=>[0,-t*100]},highlightedObjectIndex:null,autoHighlight:!1,highlightColor:{type:"accessor",value:[0,0,128,128]}},Vs=class extends ou{constructor(){super(...arguments),this.internalState=null,this.lifecycle=hr.NO_STATE,this.parent=null}static get componentName(){return Object.prototype.hasOwnProperty.call(this,"layerName")?this.layerName:""}get root(){let e=this;for(;e.parent;)e=e.parent;return e}toString(){return`${this.constructor.layerName||this.constructor.name}({id: '${this.props.id}'})`}project(e){$(this.internalState);let r=this.internalState.viewport||this.context.viewport,n=Uc(e,{viewport:r,modelMatrix:this.props.modelMatrix,coordinateOrigin:this.props.coordinateOrigin,coordinateSystem:this.props.coordinateSystem}),[i,o,s]=lr(n,r.pixelProjectionMatrix);return e.length===2?[i,o]:[i,o,s]}unproject(e){return $(this.internalState),(this.internalState.viewport||this.context.viewport).unproject(e)}projectPosition(e,r){$(this.internalState);let n=this.internalState.viewport||this.context.viewport;return G0(e,{viewport:n,modelMatrix:this.props.modelMatrix,coordinateOrigin:this.props.coordinateOrigin,coordinateSystem:this.props.coordinateSystem,...r})}get isComposite(){return!1}get isDrawable(){return!0}setState(e){this.setChangeFlags({stateChanged:!0}),Object.assign(this.state,e),this.setNeedsRedraw()}setNeedsRedraw(){this.internalState&&(this.internalState.needsRedraw=!0)}setNeedsUpdate(){this.internalState&&(this.context.layerManager.setNeedsUpdate(String(this)),this.internalState.needsUpdate=!0)}get isLoaded(){return this.internalState?!this.internalState.isAsyncPropLoading():!1}get wrapLongitude(){return this.props.wrapLongitude}isPickable(){return this.props.pickable&&this.props.visible}getModels(){let e=this.state;return e&&(e.models||e.model&&[e.model])||[]}setShaderModuleProps(...e){for(let r of this.getModels())r.shaderInputs.setProps(...e)}getAttributeManager(){return this.internalState&&this.internalState.attributeManager}getCurrentLayer(){return this.internalState&&this.internalState.layer}getLoadOptions(){return this.props.loadOptions}use64bitPositions(){let{coordinateSystem:e}=this.props;return e==="default"||e==="lnglat"||e==="cartesian"}onHover(e,r){return this.props.onHover&&this.props.onHover(e,r)||!1}onClick(e,r){return this.props.onClick&&this.props.onClick(e,r)||!1}nullPickingColor(){return[0,0,0]}encodePickingColor(e,r=[]){return r[0]=e+1&255,r[1]=e+1>>8&255,r[2]=e+1>>8>>8&255,r}decodePickingColor(e){$(e instanceof Uint8Array);let[r,n,i]=e;return r+n*256+i*65536-1}getNumInstances(){return Number.isFinite(this.props.numInstances)?this.props.numInstances:this.state&&this.state.numInstances!==void 0?this.state.numInstances:e2(this.props.data)}getStartIndices(){return this.props.startIndices?this.props.startIndices:this.state&&this.state.startIndices?this.state.startIndices:null}getBounds(){return this.getAttributeManager()?.getBounds(["positions","instancePositions"])}getShaders(e){e=pm(e,{disableWarnings:!0,modules:this.context.defaultShaderModules});for(let r of this.props.extensions)e=pm(e,r.getShaders.call(this,r));return e}shouldUpdateState(e){return e.changeFlags.propsOrDataChanged}updateState(e){let r=this.getAttributeManager(),{dataChanged:n}=e.changeFlags;if(n&&r)if(Array.isArray(n))for(let i of n)r.invalidateAll(i);else r.invalidateAll();if(r){let{props:i}=e,o=this.internalState.hasPickingBuffer,s=Number.isInteger(i.highlightedObjectIndex)||!!i.pickable||i.extensions.some(a=>a.getNeedsPickingBuffer.call(this,a));if(o!==s){this.internalState.hasPickingBuffer=s;let a=a2(r.attributes);a&&(s&&a.constant&&(a.constant=!1,r.invalidate(a.id)),!a.value&&!s&&(a.constant=!0,a.value=bm(r.attributes)?[$o]:[0,0,0]))}}}finalizeState(e){for(let n of this.getModels())n.destroy();let r=this.getAttributeManager();r&&r.finalize(),this.context&&this.context.resourceManager.unsubscribe({consumerId:this.id}),this.internalState&&(this.internalState.uniformTransitions.clear(),this.internalState.finalize())}draw(e){for(let r of this.getModels())r.draw(e.renderPass)}getPickingInfo({info:e,mode:r,sourceLayer:n}){let{index:i}=e;return i>=0&&Array.isArray(this.props.data)&&(e.object=this.props.data[i]),e}raiseError(e,r){r&&(e=new Error(`${r}: ${e.message}`,{cause:e})),this.props.onError?.(e)||this.context?.onError?.(e,this)}getNeedsRedraw(e={clearRedrawFlags:!1}){return this._getNeedsRedraw(e)}needsUpdate(){return this.internalState?this.internalState.needsUpdate||this.hasUniformTransition()||this.shouldUpdateState(this._getUpdateParams()):!1}hasUniformTransition(){return this.internalState?.uniformTransitions.active||!1}activateViewport(e){if(!this.internalState)return;let r=this.internalState.viewport;this.internalState.viewport=e,(!r||!lD({oldViewport:r,viewport:e}))&&(this.setChangeFlags({viewportChanged:!0}),this.isComposite?this.needsUpdate()&&this.setNeedsUpdate():this._update())}invalidateAttribute(e="all"){let r=this.getAttributeManager();r&&(e==="all"?r.invalidateAll():r.invalidate(e))}updateAttributes(e){let r=!1;for(let n in e)e[n].layoutChanged()&&(r=!0);for(let n of this.getModels())this._setModelAttributes(n,e,r)}_updateAttributes(){let e=this.getAttributeManager();if(!e)return;let r=this.props,n=this.getNumInstances(),i=this.getStartIndices();e.update({data:r.data,numInstances:n,startIndices:i,props:r,transitions:r.transitions,buffers:r.data.attributes,context:this});let o=e.getChangedAttributes({clearChangedFlags:!0});this.updateAttributes(o)}_updateAttributeTransition(){let e=this.getAttributeManager();e&&e.updateTransition()}_updateUniformTransition(){let{uniformTransitions:e}=this.internalState;if(e.active){let r=e.update(),n=Object.create(this.props);for(let i in r)Object.defineProperty(n,i,{value:r[i]});return n}return this.props}calculateInstancePickingColors(e,{numInstances:r}){if(e.constant)return;let n=Math.floor(Ze.length/4);this.internalState.usesPickingColorCache=!0;let i=r>0&&Ze[0]===0;if(n<r||i){r>s2&&F.warn("Layer has too many data objects. Picking might not be able to distinguish all objects.")(),Ze=tt.allocate(Ze,r,{size:4,copy:!0,maxCount:Math.max(r,s2)});let o=Math.floor(Ze.length/4),s=[0,0,0],a=i?0:n;for(let c=a;c<o;c++)this.encodePickingColor(c,s),Ze[c*4+0]=s[0],Ze[c*4+1]=s[1],Ze[c*4+2]=s[2],Ze[c*4+3]=0}e.value=Ze.subarray(0,r*4)}_setModelAttributes(e,r,n=!1){if(!Object.keys(r).length)return;let i=this.getAttributeManager();if(i?.hasBufferGroups()){this._setGroupedModelAttributes(e,i,r);return}if(n){let c=this.getAttributeManager();e.setBufferLayout(c.getBufferLayouts(e)),r=c.getAttributes()}let o=e.userData?.excludeAttributes||{},s={},a={};for(let c in r){if(o[c])continue;let l=r[c].getValue();for(let u in l){let f=l[u];f instanceof k?r[c].settings.isIndexed?e.setIndexBuffer(f):s[u]=f:f&&(a[u]=f)}}e.setAttributes(s),e.setConstantAttributes(a)}_setGroupedModelAttributes(e,r,n){let i=e.userData?.excludeAttributes||{},o=r.getBufferGroupBindings(n,e,i);e.setBufferLayout(o.bufferLayouts);let s={...o.buffers},a={},c=r.getAttributes();for(let l in c){if(i[l]||o.groupedAttributeIds.has(l))continue;let u=c[l],f=u.getValue();for(let d in f){let h=f[d];h instanceof k?u.settings.isIndexed?e.setIndexBuffer(h):s[d]=h:h&&(a[d]=h)}}e.setAttributes(s),e.setConstantAttributes(a)}disablePickingIndex(e){let r=this.props.data;if(!("attributes"in r)){this._disablePickingIndex(e);return}let n=this.getAttributeManager().attributes,i=bm(n),o=xm(n),s=i&&r.attributes&&r.attributes[i.id];if(s&&s.value){let c=s.value;for(let l=0;l<r.length;l++){let u=i.getVertexOffset(l);c[u]===e&&this._disablePickingIndex(l)}return}let a=o&&r.attributes&&r.attributes[o.id];if(a&&a.value){let c=a.value,l=this.encodePickingColor(e);for(let u=0;u<r.length;u++){let f=o.getVertexOffset(u);c[f]===l[0]&&c[f+1]===l[1]&&c[f+2]===l[2]&&this._disablePickingIndex(u)}}else this._disablePickingIndex(e)}_disablePickingIndex(e){let r=this.getAttributeManager().attributes,n=bm(r);if(n){let a=n.getVertexOffset(e),c=n.getVertexOffset(e+1),l=new Uint32Array(c-a);l.fill($o),n.buffer.write(l,a*l.BYTES_PER_ELEMENT);return}let i=xm(r);if(!i){this.internalState&&C0(this.internalState.disabledPickingIndices,e);return}let o=i.getVertexOffset(e),s=i.getVertexOffset(e+1);i.buffer.write(new Uint8Array(s-o),o)}restorePickingColors(){let e=this.getAttributeManager().attributes,r=a2(e);if(!r){this.internalState&&(this.internalState.disabledPickingIndices.length=0);return}let n=xm(e);this.internalState.usesPickingColorCache&&n&&n.value.buffer!==Ze.buffer&&(n.value=Ze.subarray(0,n.value.length)),r.updateSubBuffer({startOffset:0})}_initialize(){$(!this.internalState),te(iD,this);let e=this._getAttributeManager();this.internalState=new zs({attributeManager:e,layer:this}),this._clearChangeFlags(),this.state={},Object.defineProperty(this.state,"attributeManager",{get:()=>(F.deprecated("layer.state.attributeManager","layer.getAttributeManager()")(),e)}),this.internalState.uniformTransitions=new Fs(this.context.timeline),this.internalState.onAsyncPropUpdated=this._onAsyncPropUpdated.bind(this),this.internalState.setAsyncProps(this.props),this.initializeState(this.context);for(let r of this.props.extensions)r.initializeState.call(this,this.context,r);this.setChangeFlags({dataChanged:"init",propsChanged:"init",viewportChanged:!0,extensionsChanged:!0}),this._update()}_transferState(e){te(aD,this,this===e);let{state:r,internalState:n}=e;this!==e&&(this.internalState=n,this.state=r,this.internalState.setAsyncProps(this.props),this._diffProps(this.props,this.internalState.getOldProps()))}_update(){let e=this.needsUpdate();if(te(oD,this,e),!e)return;this.context.stats.get("Layer updates").incrementCount();let r=this.props,n=this.context,i=this.internalState,o=n.viewport,s=this._updateUniformTransition();i.propsInTransition=s,n.viewport=i.viewport||o,this.props=s;try{let a=this._getUpdateParams(),c=this.getModels();if(n.device)this.updateState(a);else try{this.updateState(a)}catch{}for(let u of this.props.extensions)u.updateState.call(this,a,u);this.setNeedsRedraw(),this._updateAttributes();let l=this.getModels()[0]!==c[0];this._postUpdate(a,l)}finally{n.viewport=o,this.props=r,this._clearChangeFlags(),i.needsUpdate=!1,i.resetOldProps()}}_finalize(){te(sD,this),this.finalizeState(this.context);for(let e of this.props.extensions)e.finalizeState.call(this,this.context,e)}_drawLayer({renderPass:e,shaderModuleProps:r=null,uniforms:n={},parameters:i={}}){this._updateAttributeTransition();let o=this.props,s=this.context;this.props=this.internalState.propsInTransition||o;try{r&&this.setShaderModuleProps(r);let{getPolygonOffset:a}=this.props,c=a&&a(n)||[0,0];s.device instanceof mr&&s.device.setParametersWebGL({polygonOffset:c});let l=s.device instanceof mr?null:fD(i);if(dD(this.getModels(),e,i,l),s.device instanceof mr)s.device.withParametersWebGL(i,()=>{let u={renderPass:e,shaderModuleProps:r,uniforms:n,parameters:i,context:s};for(let f of this.props.extensions)f.draw.call(this,u,f);this.draw(u)});else{l?.renderPassParameters&&e.setParameters(l.renderPassParameters);let u={renderPass:e,shaderModuleProps:r,uniforms:n,parameters:i,context:s};for(let f of this.props.extensions)f.draw.call(this,u,f);this.draw(u)}}finally{this.props=o}}getChangeFlags(){return this.internalState?.changeFlags}setChangeFlags(e){if(!this.internalState)return;let{changeFlags:r}=this.internalState;for(let i in e)if(e[i]){let o=!1;switch(i){case"dataChanged":let s=e[i],a=r[i];s&&Array.isArray(a)&&(r.dataChanged=Array.isArray(s)?a.concat(s):s,o=!0);default:r[i]||(r[i]=e[i],o=!0)}o&&te(nD,this,i,e)}let n=!!(r.dataChanged||r.updateTriggersChanged||r.propsChanged||r.extensionsChanged);r.propsOrDataChanged=n,r.somethingChanged=n||r.viewportChanged||r.stateChanged}_clearChangeFlags(){this.internalState.changeFlags={dataChanged:!1,propsChanged:!1,updateTriggersChanged:!1,viewportChanged:!1,stateChanged:!1,extensionsChanged:!1,propsOrDataChanged:!1,somethingChanged:!1}}_diffProps(e,r){let n=Q1(e,r);if(n.updateTriggersChanged)for(let i in n.updateTriggersChanged)n.updateTriggersChanged[i]&&this.invalidateAttribute(i);if(n.transitionsChanged)for(let i in n.transitionsChanged)this.internalState.uniformTransitions.add(i,r[i],e[i],e.transitions?.[i]);return this.setChangeFlags(n)}validateProps(){K1(this.props)}updateAutoHighlight(e){this.props.autoHighlight&&!Number.isInteger(this.props.highlightedObjectIndex)&&this._updateAutoHighlight(e)}_updateAutoHighlight(e){let r={highlightedObjectColor:e.picked?e.color:null},{highlightColor:n}=this.props;e.picked&&typeof n=="function"&&(r.highlightColor=n(e)),this.setShaderModuleProps({picking:r}),this.setNeedsRedraw()}_getAttributeManager(){let e=this.context;return new ks(e.device,{id:this.props.id,stats:e.stats,timeline:e.timeline})}_postUpdate(e,r){let{props:n,oldProps:i}=e,o=this.state.model;o?.isInstanced&&o.setInstanceCount(this.getNumInstances());let{autoHighlight:s,highlightedObjectIndex:a,highlightColor:c}=n;if(r||i.autoHighlight!==s||i.highlightedObjectIndex!==a||i.highlightColor!==c){let l={};Array.isArray(c)&&(l.highlightColor=c),(r||i.autoHighlight!==s||a!==i.highlightedObjectIndex)&&(l.highlightedObjectColor=Number.isFinite(a)&&a>=0?this.encodePickingColor(a):null),this.setShaderModuleProps({picking:l})}}_getUpdateParams(){return{props:this.props,oldProps:this.internalState.getOldProps(),context:this.context,changeFlags:this.internalState.changeFlags}}_getNeedsRedraw(e){if(!this.internalState)return!1;let r=!1;r=r||this.internalState.needsRedraw&&this.id;let n=this.getAttributeManager(),i=n?n.getNeedsRedraw(e):!1;if(r=r||i,r)for(let o of this.props.extensions)o.onNeedsRedraw.call(this,o);return this.internalState.needsRedraw=this.internalState.needsRedraw&&!e.clearRedrawFlags,r}_onAsyncPropUpdated(){this._diffProps(this.props,this.internalState.getOldProps()),this.setNeedsUpdate()}};Vs.defaultProps=uD;Vs.layerName="Layer";var wm=Vs;function fD(t){let{blendConstant:e,...r}=t;return e?{pipelineParameters:r,renderPassParameters:{blendConstant:e}}:{pipelineParameters:r}}function dD(t,e,r,n){for(let i of t)i.device.type==="webgpu"?(hD(i,e),i.setParameters({...i.parameters,...n?.pipelineParameters})):i.setParameters(r)}function hD(t,e){let r=e.props.framebuffer||(e.framebuffer??null);if(!r)return;let n=r.colorAttachments.map(s=>s?.texture?.format??null),i=r.depthStencilAttachment?.texture?.format,o=t;(!pD(o.props.colorAttachmentFormats,n)||o.props.depthStencilAttachmentFormat!==i)&&(o.props.colorAttachmentFormats=n,o.props.depthStencilAttachmentFormat=i,o._setPipelineNeedsUpdate("attachment formats"))}function pD(t,e){if(t===e)return!0;if(!t||!e||t.length!==e.length)return!1;for(let r=0;r<t.length;r++)if(t[r]!==e[r])return!1;return!0}ae();var vm={bearing:0,pitch:0,position:[0,0,0]},mD={speed:1.2,curve:1.414},vi=class extends nn{constructor(e={}){super({compare:["longitude","latitude","zoom","bearing","pitch","position"],extract:["width","height","longitude","latitude","zoom","bearing","pitch","position"],required:["width","height","latitude","longitude","zoom"]}),this.opts={...mD,...e}}interpolateProps(e,r,n){let i=Dh(e,r,n,this.opts);for(let o in vm)i[o]=Gt(e[o]||vm[o],r[o]||vm[o],n);return i}getDuration(e,r){let{transitionDuration:n}=r;return n==="auto"&&(n=Nh(e,r,this.opts)),n}};R();var Ei=class{constructor(e){this.indexStarts=[0],this.vertexStarts=[0],this.vertexCount=0,this.instanceCount=0;let{attributes:r={}}=e;this.typedArrayManager=tt,this.attributes={},this._attributeDefs=r,this.opts=e,this.updateGeometry(e)}updateGeometry(e){Object.assign(this.opts,e);let{data:r,buffers:n={},getGeometry:i,geometryBuffer:o,positionFormat:s,dataChanged:a,normalize:c=!0}=this.opts;if(this.data=r,this.getGeometry=i,this.positionSize=o&&o.size||(s==="XY"?2:3),this.buffers=n,this.normalize=c,o&&($(r.startIndices),this.getGeometry=this.getGeometryFromBuffer(o),c||(n.vertexPositions=o)),this.geometryBuffer=n.vertexPositions,Array.isArray(a))for(let l of a)this._rebuildGeometry(l);else this._rebuildGeometry()}updatePartialGeometry({startRow:e,endRow:r}){this._rebuildGeometry({startRow:e,endRow:r})}getGeometryFromBuffer(e){let r=e.value||e;return ArrayBuffer.isView(r)?Bl(r,{size:this.positionSize,offset:e.offset,stride:e.stride,startIndices:this.data.startIndices}):null}_allocate(e,r){let{attributes:n,buffers:i,_attributeDefs:o,typedArrayManager:s}=this;for(let a in o)if(a in i)s.release(n[a]),n[a]=null;else{let c=o[a];c.copy=r,n[a]=s.allocate(n[a],e,c)}}_forEachGeometry(e,r,n){let{data:i,getGeometry:o}=this,{iterable:s,objectInfo:a}=Il(i,r,n);for(let c of s){a.index++;let l=o?o(c,a):null;e(l,a.index)}}_rebuildGeometry(e){if(!this.data)return;let{indexStarts:r,vertexStarts:n,instanceCount:i}=this,{data:o,geometryBuffer:s}=this,{startRow:a=0,endRow:c=1/0}=e||{},l={};if(e||(r=[0],n=[0]),this.normalize||!s)this._forEachGeometry((f,d)=>{let h=f&&this.normalizeGeometry(f);l[d]=h,n[d+1]=n[d]+(h?this.getGeometrySize(h):0)},a,c),i=n[n.length-1];else if(n=o.startIndices,i=n[o.length]||0,ArrayBuffer.isView(s))i=i||s.length/this.positionSize;else if(s instanceof k){let f=this.positionSize*4;i=i||s.byteLength/f}else if(s.buffer){let f=s.stride||this.positionSize*4;i=i||s.buffer.byteLength/f}else if(s.value){let f=s.value,d=s.stride/f.BYTES_PER_ELEMENT||this.positionSize;i=i||f.length/d}this._allocate(i,!!e),this.indexStarts=r,this.vertexStarts=n,this.instanceCount=i;let u={};this._forEachGeometry((f,d)=>{let h=l[d]||f;u.vertexStart=n[d],u.indexStart=r[d];let p=d<n.length-1?n[d+1]:i;u.geometrySize=p-n[d],u.geometryIndex=d,this.updateGeometryAttributes(h,u)},a,c),this.vertexCount=r[r.length-1]}};function Ws(t,e){return t.demand[e.day]?.[e.slot]}function hn(t,e){let r=Ws(t,e);if(!r)return null;let n=e.level===null?null:t.groups[e.level];if(!n)return{...r,ends:t.cells,chosen:e.cell};let i=e.cell===null?null:n.of[e.cell];return{...r.groups[e.level],ends:n,chosen:i}}function c2(t,e,r){let n=40075017*Math.cos(r*Math.PI/180)/(512*2**e),i=[t.cells.edgeM,...t.groups.map(a=>a.edgeM)],o=i.findIndex(a=>a/n>=20),s=o<0?i.length-1:o;return s===0?null:s-1}function su(t){return t<=0?0:Math.round(1500**(t/100))}function js(t,e){let r=[];if(!t)return r;let{from:n,to:i,chosen:o}=t;for(let s=0;s<n.length&&r.length<e;s++)(o===null||n[s]===o||i[s]===o)&&r.push(s);return r}var gD=`struct ClipUniforms {
  enabled: i32,
  mode: i32,
  bounds: vec4<f32>,
};

@group(2) @binding(auto) var<uniform> clipUniforms: ClipUniforms;

fn clip_isInBounds(coordinates: vec2<f32>) -> bool {
  return coordinates.x >= clipUniforms.bounds.x &&
    coordinates.y >= clipUniforms.bounds.y &&
    coordinates.x < clipUniforms.bounds.z &&
    coordinates.y < clipUniforms.bounds.w;
}

fn clip_filterPosition(position: ptr<function, vec4<f32>>, instanceCoordinates: vec2<f32>) {
  if (
    clipUniforms.enabled != 0 &&
    clipUniforms.mode == 1 &&
    !clip_isInBounds(instanceCoordinates)
  ) {
    *position = vec4<f32>(2.0, 2.0, 2.0, 1.0);
  }
}

fn clip_filterColor(geometryCoordinates: vec2<f32>) {
  if (
    clipUniforms.enabled != 0 &&
    clipUniforms.mode == 0 &&
    !clip_isInBounds(geometryCoordinates)
  ) {
    discard;
  }
}
`,_D={name:"clip",source:gD,props:{},uniforms:{},bindingLayout:[{name:"clip",group:2}],uniformTypes:{enabled:"i32",mode:"i32",bounds:"vec4<f32>"},defaultUniforms:{enabled:0,mode:0,bounds:[0,0,1,1]},getUniforms(t={}){let e={};return t.enabled!==void 0&&(e.enabled=t.enabled?1:0),t.mode!==void 0&&(e.mode=t.mode==="instance"?1:0),t.bounds!==void 0&&(e.bounds=t.bounds),e}},l2=_D;var au={CLOCKWISE:1,COUNTER_CLOCKWISE:-1};function Hs(t,e,r={}){return u2(t,r)!==e?(yD(t,r),!0):!1}function u2(t,e={}){return Math.sign(cu(t,e))}var Em={x:0,y:1,z:2};function cu(t,e={}){let{start:r=0,end:n=t.length,plane:i="xy"}=e,o=e.size||2,s=0,a=Em[i[0]],c=Em[i[1]];for(let l=r,u=n-o;l<n;l+=o)s+=(t[l+a]-t[u+a])*(t[l+c]+t[u+c]),u=l;return s/2}function yD(t,e){let{start:r=0,end:n=t.length,size:i=2}=e,o=(n-r)/i,s=Math.floor(o/2);for(let a=0;a<s;++a){let c=r+a*i,l=r+(o-1-a)*i;for(let u=0;u<i;++u){let f=t[c+u];t[c+u]=t[l+u],t[l+u]=f}}}function Bt(t,e){let r=e.length,n=t.length;if(n>0){let i=!0;for(let o=0;o<r;o++)if(t[n-r+o]!==e[o]){i=!1;break}if(i)return!1}for(let i=0;i<r;i++)t[n+i]=e[i];return!0}function Sm(t,e){let r=e.length;for(let n=0;n<r;n++)t[n]=e[n]}function Si(t,e,r,n,i=[]){let o=n+e*r;for(let s=0;s<r;s++)i[s]=t[o+s];return i}function f2(t,e,r,n,i=[]){let o,s;if(r&8)o=(n[3]-t[1])/(e[1]-t[1]),s=3;else if(r&4)o=(n[1]-t[1])/(e[1]-t[1]),s=1;else if(r&2)o=(n[2]-t[0])/(e[0]-t[0]),s=2;else if(r&1)o=(n[0]-t[0])/(e[0]-t[0]),s=0;else return null;for(let a=0;a<t.length;a++)i[a]=(s&1)===a?n[s]:o*(e[a]-t[a])+t[a];return i}function d2(t,e){let r=0;return t[0]<e[0]?r|=1:t[0]>e[2]&&(r|=2),t[1]<e[1]?r|=4:t[1]>e[3]&&(r|=8),r}var h2=0,xD=1;function Ys(t,e=null,r){if(!t.length)return[];let{size:n=2,gridResolution:i=10,gridOffset:o=[0,0],edgeTypes:s=!1}=r||{},a=[],c=[{pos:t,types:s?new Array(t.length/n).fill(xD):null,holes:e||[]}],l=[[],[]],u=[];for(;c.length;){let{pos:f,types:d,holes:h}=c.shift();vD(f,n,h[0]||f.length,l),u=wD(l[0],i,o,u);let p=d2(l[1],u);if(p){let g=p2(f,d,n,0,h[0]||f.length,u,p),m={pos:g[0].pos,types:g[0].types,holes:[]},b={pos:g[1].pos,types:g[1].types,holes:[]};c.push(m,b);for(let x=0;x<h.length;x++)g=p2(f,d,n,h[x],h[x+1]||f.length,u,p),g[0]&&(m.holes.push(m.pos.length),m.pos=lu(m.pos,g[0].pos),s&&(m.types=lu(m.types,g[0].types))),g[1]&&(b.holes.push(b.pos.length),b.pos=lu(b.pos,g[1].pos),s&&(b.types=lu(b.types,g[1].types)))}else{let g={positions:f};s&&(g.edgeTypes=d),h.length&&(g.holeIndices=h),a.push(g)}}return a}function p2(t,e,r,n,i,o,s){let a=(i-n)/r,c=[],l=[],u=[],f=[],d=[],h,p,g,m=Si(t,a-1,r,n),b=Math.sign(s&8?m[1]-o[3]:m[0]-o[2]),x=e&&e[a-1],y=0,w=0;for(let v=0;v<a;v++)h=Si(t,v,r,n,h),p=Math.sign(s&8?h[1]-o[3]:h[0]-o[2]),g=e&&e[n/r+v],p&&b&&b!==p&&(f2(m,h,s,o,d),Bt(c,d)&&u.push(x),Bt(l,d)&&f.push(x)),p<=0?(Bt(c,h)&&u.push(g),y-=p):u.length&&(u[u.length-1]=h2),p>=0?(Bt(l,h)&&f.push(g),w+=p):f.length&&(f[f.length-1]=h2),Sm(m,h),b=p,x=g;return[y?{pos:c,types:e&&u}:null,w?{pos:l,types:e&&f}:null]}function wD(t,e,r,n){let i=Math.floor((t[0]-r[0])/e)*e+r[0],o=Math.floor((t[1]-r[1])/e)*e+r[1];return n[0]=i,n[1]=o,n[2]=i+e,n[3]=o+e,n}function vD(t,e,r,n){let i=1/0,o=-1/0,s=1/0,a=-1/0;for(let c=0;c<r;c+=e){let l=t[c],u=t[c+1];i=l<i?l:i,o=l>o?l:o,s=u<s?u:s,a=u>a?u:a}return n[0][0]=i,n[0][1]=s,n[1][0]=o,n[1][1]=a,n}function lu(t,e){for(let r=0;r<e.length;r++)t.push(e[r]);return t}var SD=85.051129;function Tm(t,e=null,r){let{size:n=2,normalize:i=!0,edgeTypes:o=!1}=r||{};e=e||[];let s=[],a=[],c=0,l=0;for(let f=0;f<=e.length;f++){let d=e[f]||t.length,h=l,p=TD(t,n,c,d);for(let g=p;g<d;g++)s[l++]=t[g];for(let g=c;g<p;g++)s[l++]=t[g];LD(s,n,h,l),PD(s,n,h,l,r?.maxLatitude),c=d,a[f]=l}a.pop();let u=Ys(s,a,{size:n,gridResolution:360,gridOffset:[-180,-180],edgeTypes:o});if(i)for(let f of u)AD(f.positions,n);return u}function TD(t,e,r,n){let i=-1,o=-1;for(let s=r+1;s<n;s+=e){let a=Math.abs(t[s]);a>i&&(i=a,o=s-1)}return o}function PD(t,e,r,n,i=SD){let o=t[r],s=t[n-e];if(Math.abs(o-s)>180){let a=Si(t,0,e,r);a[0]+=Math.round((s-o)/360)*360,Bt(t,a),a[1]=Math.sign(a[1])*i,Bt(t,a),a[0]=o,Bt(t,a)}}function LD(t,e,r,n){let i=t[0],o;for(let s=r;s<n;s+=e){o=t[s];let a=o-i;(a>180||a<-180)&&(o-=Math.round(a/360)*360),t[s]=i=o}}function AD(t,e){let r,n=t.length/e;for(let o=0;o<n&&(r=t[o*e],(r+180)%360===0);o++);let i=-Math.round(r/360)*360;if(i!==0)for(let o=0;o<n;o++)t[o*e]+=i}ie();var S2=mS(b2(),1);var pu=au.CLOCKWISE,x2=au.COUNTER_CLOCKWISE,xr={isClosed:!0};function jD(t){if(t=t&&t.positions||t,!Array.isArray(t)&&!ArrayBuffer.isView(t))throw new Error("invalid polygon")}function Pi(t){return"positions"in t?t.positions:t}function Ks(t){return"holeIndices"in t?t.holeIndices:null}function HD(t){return Array.isArray(t[0])}function YD(t){return t.length>=1&&t[0].length>=2&&Number.isFinite(t[0][0])}function qD(t){let e=t[0],r=t[t.length-1];return e[0]===r[0]&&e[1]===r[1]&&e[2]===r[2]}function XD(t,e,r,n){for(let i=0;i<e;i++)if(t[r+i]!==t[n-e+i])return!1;return!0}function w2(t,e,r,n,i){let o=e,s=r.length;for(let a=0;a<s;a++)for(let c=0;c<n;c++)t[o++]=r[a][c]||0;if(!qD(r))for(let a=0;a<n;a++)t[o++]=r[0][a]||0;return xr.start=e,xr.end=o,xr.size=n,Hs(t,i,xr),o}function v2(t,e,r,n,i=0,o,s){o=o||r.length;let a=o-i;if(a<=0)return e;let c=e;for(let l=0;l<a;l++)t[c++]=r[i+l];if(!XD(r,n,i,o))for(let l=0;l<n;l++)t[c++]=r[i+l];return xr.start=e,xr.end=c,xr.size=n,Hs(t,s,xr),c}function T2(t,e){jD(t);let r=[],n=[];if("positions"in t){let{positions:i,holeIndices:o}=t;if(o){let s=0;for(let a=0;a<=o.length;a++)s=v2(r,s,i,e,o[a-1],o[a],a===0?pu:x2),n.push(s);return n.pop(),{positions:r,holeIndices:n}}t=i}if(!HD(t))return v2(r,0,t,e,0,r.length,pu),r;if(!YD(t)){let i=0;for(let[o,s]of t.entries())i=w2(r,i,s,e,o===0?pu:x2),n.push(i);return n.pop(),{positions:r,holeIndices:n}}return w2(r,0,t,e,pu),r}function Mm(t,e,r){let n=t.length/3,i=0;for(let o=0;o<n;o++){let s=(o+1)%n;i+=t[o*3+e]*t[s*3+r],i-=t[s*3+e]*t[o*3+r]}return Math.abs(i/2)}function E2(t,e,r,n){let i=t.length/3;for(let o=0;o<i;o++){let s=o*3,a=t[s+0],c=t[s+1],l=t[s+2];t[s+e]=a,t[s+r]=c,t[s+n]=l}}function P2(t,e,r,n){let i=Ks(t);i&&(i=i.map(a=>a/e));let o=Pi(t),s=n&&e===3;if(r){let a=o.length;o=o.slice();let c=[];for(let l=0;l<a;l+=e){c[0]=o[l],c[1]=o[l+1],s&&(c[2]=o[l+2]);let u=r(c);o[l]=u[0],o[l+1]=u[1],s&&(o[l+2]=u[2])}}if(s){let a=Mm(o,0,1),c=Mm(o,0,2),l=Mm(o,1,2);if(!a&&!c&&!l)return[];a>c&&a>l||(c>l?(r||(o=o.slice()),E2(o,0,2,1)):(r||(o=o.slice()),E2(o,2,0,1)))}return(0,S2.default)(o,i,e)}var Qs=class extends Ei{constructor(e){let{fp64:r,IndexType:n=Uint32Array}=e;super({...e,attributes:{positions:{size:3,type:r?Float64Array:Float32Array},vertexValid:{type:Uint16Array,size:1},indices:{type:n,size:1}}})}get(e){let{attributes:r}=this;return e==="indices"?r.indices&&r.indices.subarray(0,this.vertexCount):r[e]}updateGeometry(e){super.updateGeometry(e);let r=this.buffers.indices;if(r)this.vertexCount=(r.value||r).length;else if(this.data&&!this.getGeometry)throw new Error("missing indices buffer")}normalizeGeometry(e){if(this.normalize){let r=T2(e,this.positionSize);return this.opts.resolution?Ys(Pi(r),Ks(r),{size:this.positionSize,gridResolution:this.opts.resolution,edgeTypes:!0}):this.opts.wrapLongitude?Tm(Pi(r),Ks(r),{size:this.positionSize,maxLatitude:86,edgeTypes:!0}):r}return e}getGeometrySize(e){if(L2(e)){let r=0;for(let n of e)r+=this.getGeometrySize(n);return r}return Pi(e).length/this.positionSize}getGeometryFromBuffer(e){return this.normalize||!this.buffers.indices?super.getGeometryFromBuffer(e):null}updateGeometryAttributes(e,r){if(e&&L2(e))for(let n of e){let i=this.getGeometrySize(n);r.geometrySize=i,this.updateGeometryAttributes(n,r),r.vertexStart+=i,r.indexStart=this.indexStarts[r.geometryIndex+1]}else{let n=e;this._updateIndices(n,r),this._updatePositions(n,r),this._updateVertexValid(n,r)}}_updateIndices(e,{geometryIndex:r,vertexStart:n,indexStart:i}){let{attributes:o,indexStarts:s,typedArrayManager:a}=this,c=o.indices;if(!c||!e)return;let l=i,u=P2(e,this.positionSize,this.opts.preproject,this.opts.full3d);c=a.allocate(c,i+u.length,{copy:!0});for(let f=0;f<u.length;f++)c[l++]=u[f]+n;s[r+1]=i+u.length,o.indices=c}_updatePositions(e,{vertexStart:r,geometrySize:n}){let{attributes:{positions:i},positionSize:o}=this;if(!i||!e)return;let s=Pi(e);for(let a=r,c=0;c<n;a++,c++){let l=s[c*o],u=s[c*o+1],f=o>2?s[c*o+2]:0;i[a*3]=l,i[a*3+1]=u,i[a*3+2]=f}}_updateVertexValid(e,{vertexStart:r,geometrySize:n}){let{positionSize:i}=this,o=this.attributes.vertexValid,s=e&&Ks(e);if(e&&e.edgeTypes?o.set(e.edgeTypes,r):o.fill(1,r,r+n),s)for(let a=0;a<s.length;a++)o[r+s[a]/i-1]=0;o[r+n-1]=0}};function L2(t){return Array.isArray(t)&&t.length>0&&!Number.isFinite(t[0])}var KD=`struct SolidPolygonUniforms {
  extruded: f32,
  isWireframe: f32,
  elevationScale: f32,
};

@group(0) @binding(auto) var<uniform> solidPolygon: SolidPolygonUniforms;
`,A2=`layout(std140) uniform solidPolygonUniforms {
  bool extruded;
  bool isWireframe;
  float elevationScale;
} solidPolygon;
`,C2={name:"solidPolygon",source:KD,vs:A2,fs:A2,uniformTypes:{extruded:"f32",isWireframe:"f32",elevationScale:"f32"}};var mu=`in vec4 fillColors;
in vec4 lineColors;
in float rowIndexes;
out vec4 vColor;
struct PolygonProps {
vec3 positions;
vec3 positions64Low;
vec3 normal;
float elevations;
};
vec3 project_offset_normal(vec3 vector) {
if (project.coordinateSystem == COORDINATE_SYSTEM_LNGLAT ||
project.coordinateSystem == COORDINATE_SYSTEM_LNGLAT_OFFSETS) {
return normalize(vector * project.commonUnitsPerWorldUnit);
}
return project_normal(vector);
}
void calculatePosition(PolygonProps props) {
vec3 pos = props.positions;
vec3 pos64Low = props.positions64Low;
vec3 normal = props.normal;
vec4 colors = solidPolygon.isWireframe ? lineColors : fillColors;
geometry.worldPosition = props.positions;
geometry.pickingColor = picking_getPickingColorFromIndex(rowIndexes);
if (solidPolygon.extruded) {
pos.z += props.elevations * solidPolygon.elevationScale;
}
gl_Position = project_position_to_clipspace(pos, pos64Low, vec3(0.), geometry.position);
DECKGL_FILTER_GL_POSITION(gl_Position, geometry);
if (solidPolygon.extruded) {
#ifdef IS_SIDE_VERTEX
normal = project_offset_normal(normal);
#else
normal = project_normal(normal);
#endif
geometry.normal = normal;
vec3 lightColor = lighting_getLightColor(colors.rgb, project.cameraPosition, geometry.position.xyz, geometry.normal);
vColor = vec4(lightColor, colors.a * layer.opacity);
} else {
vColor = vec4(colors.rgb, colors.a * layer.opacity);
}
DECKGL_FILTER_COLOR(vColor, geometry);
}
`;var M2=`#version 300 es
#define SHADER_NAME solid-polygon-layer-vertex-shader
in vec3 vertexPositions;
in vec3 vertexPositions64Low;
in float elevations;
${mu}
void main(void) {
PolygonProps props;
props.positions = vertexPositions;
props.positions64Low = vertexPositions64Low;
props.elevations = elevations;
props.normal = vec3(0.0, 0.0, 1.0);
calculatePosition(props);
}
`;var I2=`#version 300 es
#define SHADER_NAME solid-polygon-layer-vertex-shader-side
#define IS_SIDE_VERTEX
in vec2 positions;
in vec3 vertexPositions;
in vec3 nextVertexPositions;
in vec3 vertexPositions64Low;
in vec3 nextVertexPositions64Low;
in float elevations;
in float instanceVertexValid;
${mu}
void main(void) {
if(instanceVertexValid < 0.5){
gl_Position = vec4(0.);
return;
}
PolygonProps props;
vec3 pos;
vec3 pos64Low;
vec3 nextPos;
vec3 nextPos64Low;
#if RING_WINDING_ORDER_CW == 1
pos = vertexPositions;
pos64Low = vertexPositions64Low;
nextPos = nextVertexPositions;
nextPos64Low = nextVertexPositions64Low;
#else
pos = nextVertexPositions;
pos64Low = nextVertexPositions64Low;
nextPos = vertexPositions;
nextPos64Low = vertexPositions64Low;
#endif
props.positions = mix(pos, nextPos, positions.x);
props.positions64Low = mix(pos64Low, nextPos64Low, positions.x);
props.normal = vec3(
pos.y - nextPos.y + (pos64Low.y - nextPos64Low.y),
nextPos.x - pos.x + (nextPos64Low.x - pos64Low.x),
0.0);
props.elevations = elevations * positions.y;
calculatePosition(props);
}
`;var R2=`#version 300 es
#define SHADER_NAME solid-polygon-layer-fragment-shader
precision highp float;
in vec4 vColor;
out vec4 fragColor;
void main(void) {
fragColor = vColor;
geometry.uv = vec2(0.);
DECKGL_FILTER_COLOR(fragColor, geometry);
}
`;function B2(){return`fn project_offset_normal(vector: vec3<f32>) -> vec3<f32> {
  if (project.coordinateSystem == COORDINATE_SYSTEM_LNGLAT ||
      project.coordinateSystem == COORDINATE_SYSTEM_LNGLAT_OFFSETS) {
    return normalize(vector * project.commonUnitsPerWorldUnit);
  }
  return project_normal(vector);
}

fn apply_polygon_color(
  colors: vec4<f32>,
  normal: vec3<f32>,
  position: vec4<f32>
) -> vec4<f32> {
  if (solidPolygon.extruded > 0.5) {
    let lightColor = lighting_getLightColor2(
      colors.rgb,
      project.cameraPosition,
      position.xyz,
      normal
    );
    return vec4<f32>(lightColor, colors.a * layer.opacity);
  }
  return vec4<f32>(colors.rgb, colors.a * layer.opacity);
}
`}function O2(){return`@fragment
fn fragmentMain(inp: Varyings) -> @location(0) vec4<f32> {
  geometry.uv = vec2<f32>(0.0, 0.0);

  clip_filterColor(inp.clipCoordinates);

  if (picking.isActive > 0.5) {
    if (!picking_isColorValid(inp.pickingColor)) {
      discard;
    }
    return vec4<f32>(inp.pickingColor, 1.0);
  }

  var fragColor = inp.vColor;

  if (picking.isHighlightActive > 0.5) {
    let highlightedObjectColor = picking_normalizeColor(picking.highlightedObjectColor);
    if (picking_isColorZero(abs(inp.pickingColor - highlightedObjectColor))) {
      let highLightAlpha = picking.highlightColor.a;
      let blendedAlpha = highLightAlpha + fragColor.a * (1.0 - highLightAlpha);
      if (blendedAlpha > 0.0) {
        let highLightRatio = highLightAlpha / blendedAlpha;
        fragColor = vec4<f32>(
          mix(fragColor.rgb, picking.highlightColor.rgb, highLightRatio),
          blendedAlpha
        );
      } else {
        fragColor = vec4<f32>(fragColor.rgb, 0.0);
      }
    }
  }

  return deckgl_premultiplied_alpha(fragColor);
}
`}function QD(){return`${B2()}

struct Attributes {
  @location(0) vertexPositions: vec3<f32>,
  @location(1) vertexPositions64Low: vec3<f32>,
  @location(2) elevations: f32,
  @location(3) fillColors: vec4<f32>,
  @location(4) lineColors: vec4<f32>,
  @location(5) rowIndexes: u32,
};

struct Varyings {
  @builtin(position) position: vec4<f32>,
  @location(0) vColor: vec4<f32>,
  @location(1) pickingColor: vec3<f32>,
  @location(2) clipCoordinates: vec2<f32>,
};

@vertex
fn vertexMain(attributes: Attributes) -> Varyings {
  var outp: Varyings;

  var pos = attributes.vertexPositions;
  if (solidPolygon.extruded > 0.5) {
    pos.z += attributes.elevations * solidPolygon.elevationScale;
  }

  geometry.worldPosition = attributes.vertexPositions;
  geometry.pickingColor = picking_getPickingColorFromIndex(attributes.rowIndexes);

  let projectedPosition = project_position_to_clipspace_and_commonspace(
    pos,
    attributes.vertexPositions64Low,
    vec3<f32>(0.0)
  );
  geometry.position = projectedPosition.commonPosition;
  outp.position = projectedPosition.clipPosition;

  let normal = project_normal(vec3<f32>(0.0, 0.0, 1.0));
  geometry.normal = normal;

  let colors = select(
    attributes.fillColors,
    attributes.lineColors,
    solidPolygon.isWireframe > 0.5
  );
  outp.vColor = apply_polygon_color(colors, normal, geometry.position);
  outp.pickingColor = geometry.pickingColor;

  outp.clipCoordinates = geometry.position.xy;
  clip_filterPosition(&outp.position, geometry.worldPosition.xy);

  return outp;
}

${O2()}
`}function JD(t){return`const RING_WINDING_ORDER_CW: bool = ${t?"true":"false"};

${B2()}

struct Attributes {
  @location(0) positions: vec2<f32>,
  @location(1) vertexPositions: vec3<f32>,
  @location(2) vertexPositions64Low: vec3<f32>,
  @location(3) nextVertexPositions: vec3<f32>,
  @location(4) nextVertexPositions64Low: vec3<f32>,
  @location(5) vertexValid: f32,
  @location(6) elevations: f32,
  @location(7) fillColors: vec4<f32>,
  @location(8) lineColors: vec4<f32>,
  @location(9) rowIndexes: u32,
};

struct Varyings {
  @builtin(position) position: vec4<f32>,
  @location(0) vColor: vec4<f32>,
  @location(1) pickingColor: vec3<f32>,
  @location(2) clipCoordinates: vec2<f32>,
};

@vertex
fn vertexMain(attributes: Attributes) -> Varyings {
  var outp: Varyings;
  outp.position = vec4<f32>(0.0);
  outp.vColor = vec4<f32>(0.0);
  outp.pickingColor = picking_getPickingColorFromIndex(attributes.rowIndexes);
  outp.clipCoordinates = vec2<f32>(0.0);

  if (attributes.vertexValid < 0.5) {
    return outp;
  }

  let pos = select(attributes.nextVertexPositions, attributes.vertexPositions, RING_WINDING_ORDER_CW);
  let pos64Low = select(
    attributes.nextVertexPositions64Low,
    attributes.vertexPositions64Low,
    RING_WINDING_ORDER_CW
  );
  let nextPos = select(attributes.vertexPositions, attributes.nextVertexPositions, RING_WINDING_ORDER_CW);
  let nextPos64Low = select(
    attributes.vertexPositions64Low,
    attributes.nextVertexPositions64Low,
    RING_WINDING_ORDER_CW
  );

  let position = mix(pos, nextPos, attributes.positions.x);
  let position64Low = mix(pos64Low, nextPos64Low, attributes.positions.x);

  var worldPosition = position;
  if (solidPolygon.extruded > 0.5) {
    worldPosition.z += attributes.elevations * attributes.positions.y * solidPolygon.elevationScale;
  }

  geometry.worldPosition = position;
  geometry.pickingColor = picking_getPickingColorFromIndex(attributes.rowIndexes);

  let projectedPosition = project_position_to_clipspace_and_commonspace(
    worldPosition,
    position64Low,
    vec3<f32>(0.0)
  );
  geometry.position = projectedPosition.commonPosition;
  outp.position = projectedPosition.clipPosition;

  let normal = project_offset_normal(vec3<f32>(
    pos.y - nextPos.y + (pos64Low.y - nextPos64Low.y),
    nextPos.x - pos.x + (nextPos64Low.x - pos64Low.x),
    0.0
  ));
  geometry.normal = normal;

  let colors = select(
    attributes.fillColors,
    attributes.lineColors,
    solidPolygon.isWireframe > 0.5
  );
  outp.vColor = apply_polygon_color(colors, normal, geometry.position);
  outp.pickingColor = geometry.pickingColor;

  outp.clipCoordinates = geometry.position.xy;
  clip_filterPosition(&outp.position, geometry.worldPosition.xy);

  return outp;
}

${O2()}
`}function k2(t,e){return t==="top"?QD():JD(e)}var _u=[0,0,0,255],e6={filled:!0,extruded:!1,wireframe:!1,_normalize:!0,_windingOrder:"CW",_full3d:!1,elevationScale:{type:"number",min:0,value:1},getPolygon:{type:"accessor",value:t=>t.polygon},getElevation:{type:"accessor",value:1e3},getFillColor:{type:"accessor",value:_u},getLineColor:{type:"accessor",value:_u},material:!0},gu={enter:(t,e)=>e.length?e.subarray(e.length-t.length):t},Js=class extends wm{getShaders(e){let r=!this.props._normalize&&this.props._windingOrder==="CCW"?0:1;return super.getShaders({vs:e==="top"?M2:I2,fs:R2,source:k2(e,!!r),defines:{RING_WINDING_ORDER_CW:r},modules:[Pc,pc,Nn,Oc,C2,...this.context.device.type==="webgpu"?[l2]:[]]})}get wrapLongitude(){return!1}getBounds(){return this.getAttributeManager()?.getBounds(["vertexPositions"])}initializeState(){let{viewport:e}=this.context,{coordinateSystem:r}=this.props,{_full3d:n}=this.props;e.isGeospatial&&r==="default"&&(r="lnglat");let i;r==="lnglat"&&(n?i=e.projectPosition.bind(e):i=e.projectFlat.bind(e)),this.setState({numInstances:0,polygonTesselator:new Qs({preproject:i,fp64:this.use64bitPositions(),IndexType:Uint32Array})});let o=this.getAttributeManager(),s=!0,a=this.context.device.type==="webgpu";o.add({indices:{size:1,isIndexed:!0,update:this.calculateIndices,noAlloc:s},vertexPositions:{size:3,type:"float64",stepMode:"dynamic",fp64:this.use64bitPositions(),transition:gu,accessor:"getPolygon",update:this.calculatePositions,noAlloc:s,...a?{}:{shaderAttributes:{nextVertexPositions:{vertexOffset:1}}}},...a?{nextVertexPositions:{size:3,type:"float64",stepMode:"dynamic",fp64:this.use64bitPositions(),transition:!1,update:this.calculateNextPositions,noAlloc:s}}:{},[a?"vertexValid":"instanceVertexValid"]:{size:1,type:a?"float32":"uint16",stepMode:"instance",update:this.calculateVertexValid,noAlloc:s},elevations:{size:1,stepMode:"dynamic",transition:gu,accessor:"getElevation",bufferGroup:"solid-polygon-instance-data"},fillColors:{size:this.props.colorFormat.length,type:"unorm8",stepMode:"dynamic",transition:gu,accessor:"getFillColor",defaultValue:_u,bufferGroup:"solid-polygon-instance-data"},lineColors:{size:this.props.colorFormat.length,type:"unorm8",stepMode:"dynamic",transition:gu,accessor:"getLineColor",defaultValue:_u,bufferGroup:"solid-polygon-instance-data"},rowIndexes:{size:1,type:"uint32",stepMode:"dynamic",accessor:(c,{index:l})=>c&&c.__source?c.__source.index:l,bufferGroup:"solid-polygon-instance-data"}})}getPickingInfo(e){let r=super.getPickingInfo(e),{index:n}=r,i=this.props.data;return i[0]&&i[0].__source&&(r.object=i.find(o=>o.__source.index===n)),r}disablePickingIndex(e){let r=this.props.data;if(r[0]&&r[0].__source)for(let n=0;n<r.length;n++)r[n].__source.index===e&&this._disablePickingIndex(n);else super.disablePickingIndex(e)}draw({uniforms:e}){let{extruded:r,filled:n,wireframe:i,elevationScale:o}=this.props,{topModel:s,sideModel:a,wireframeModel:c,polygonTesselator:l}=this.state,u={extruded:!!r,elevationScale:o,isWireframe:!1};c&&i&&(c.setInstanceCount(l.instanceCount-1),c.shaderInputs.setProps({solidPolygon:{...u,isWireframe:!0}}),c.draw(this.context.renderPass)),a&&n&&(a.setInstanceCount(l.instanceCount-1),a.shaderInputs.setProps({solidPolygon:u}),a.draw(this.context.renderPass)),s&&n&&(s.setVertexCount(l.vertexCount),s.shaderInputs.setProps({solidPolygon:u}),s.draw(this.context.renderPass))}updateState(e){super.updateState(e),this.updateGeometry(e);let{props:r,oldProps:n,changeFlags:i}=e,o=this.getAttributeManager();(i.extensionsChanged||r.filled!==n.filled||r.extruded!==n.extruded)&&(this.state.models?.forEach(a=>a.destroy()),this.setState(this._getModels()),o.invalidateAll())}updateGeometry({props:e,oldProps:r,changeFlags:n}){if(n.dataChanged||n.updateTriggersChanged&&(n.updateTriggersChanged.all||n.updateTriggersChanged.getPolygon)){let{polygonTesselator:o}=this.state,s=e.data.attributes||{};o.updateGeometry({data:e.data,normalize:e._normalize,geometryBuffer:s.getPolygon,buffers:this.context.device.type==="webgpu"?{...s}:s,getGeometry:e.getPolygon,positionFormat:e.positionFormat,wrapLongitude:e.wrapLongitude,resolution:this.context.viewport.resolution,fp64:this.use64bitPositions(),dataChanged:n.dataChanged,full3d:e._full3d}),this.setState({numInstances:o.instanceCount,startIndices:o.vertexStarts}),n.dataChanged||this.getAttributeManager().invalidateAll()}}_getModels(){let{id:e,filled:r,extruded:n}=this.props,i,o,s;if(r){let a=this.getShaders("top");a.defines={...a.defines,NON_INSTANCED_MODEL:1};let c=this.getAttributeManager().getBufferLayouts({isInstanced:!1});this.context.device.type==="webgpu"&&(c=c.filter(l=>l.name!=="indices"&&l.name!=="vertexValid"&&l.name!=="instanceVertexValid"&&l.name!=="nextVertexPositions")),i=new qe(this.context.device,{...a,id:`${e}-top`,topology:"triangle-list",bufferLayout:c,isIndexed:!0,userData:{excludeAttributes:{vertexValid:!0,instanceVertexValid:!0,nextVertexPositions:!0}}})}if(n){let a=this.getAttributeManager().getBufferLayouts({isInstanced:!0});this.context.device.type==="webgpu"&&(a=a.filter(c=>c.name!=="indices")),o=new qe(this.context.device,{...this.getShaders("side"),id:`${e}-side`,bufferLayout:a,geometry:new dr({topology:"triangle-strip",attributes:{positions:{size:2,value:new Float32Array([1,0,0,0,1,1,0,1])}}}),isInstanced:!0,userData:{excludeAttributes:{indices:!0}}}),s=new qe(this.context.device,{...this.getShaders("side"),id:`${e}-wireframe`,bufferLayout:a,geometry:new dr({topology:"line-strip",attributes:{positions:{size:2,value:new Float32Array([1,0,0,0,0,1,1,1])}}}),isInstanced:!0,userData:{excludeAttributes:{indices:!0}}})}return{models:[o,s,i].filter(Boolean),topModel:i,sideModel:o,wireframeModel:s}}calculateIndices(e){let{polygonTesselator:r}=this.state;e.startIndices=r.indexStarts,e.value=r.get("indices")}calculatePositions(e){let{polygonTesselator:r}=this.state;e.startIndices=r.vertexStarts;let n=this.props.data.attributes?.getPolygon;if(this.context.device.type==="webgpu"&&ArrayBuffer.isView(n?.value)){let{value:i,size:o=3,offset:s=0,stride:a}=n,c=s/i.BYTES_PER_ELEMENT,l=a?a/i.BYTES_PER_ELEMENT:o,u=new Float64Array(r.instanceCount*3);for(let f=0;f<r.instanceCount;f++){let d=c+f*l,h=f*3;u[h]=i[d],u[h+1]=i[d+1],u[h+2]=o>2?i[d+2]:0}e.value=u;return}e.value=r.get("positions")}calculateVertexValid(e){let r=this.props.data.attributes?.instanceVertexValid?.value,n=this.context.device.type==="webgpu"&&r?r:this.state.polygonTesselator.get("vertexValid");e.value=this.context.device.type==="webgpu"&&n?Float32Array.from(n):n}calculateNextPositions(e){let{polygonTesselator:r}=this.state,n=this.getAttributeManager().getAttributes(),i=n.vertexPositions.value,o=this.props.data.attributes?.instanceVertexValid?.value||n.vertexValid?.value||r.get("vertexValid");if(e.startIndices=r.vertexStarts,!i){e.value=i;return}let s=i.length/3,a=new i.constructor(i.length);for(let c=0;c<s;c++){let l=c*3,u=o?.[c]&&c+1<s?l+3:l;for(let f=0;f<3;f++)a[l+f]=i[u+f]}e.value=a}};Js.defaultProps=e6;Js.layerName="SolidPolygonLayer";var lt=Js;function Li(t,e=255){let r=parseInt(t.slice(1),16);return[r>>16,r>>8&255,r&255,e]}function mn([t,e]){let r=Math.log(Math.tan(Math.PI/4+e*Math.PI/360));return[(t+180)/360,.5+r/(2*Math.PI)]}function Ai([t,e]){return[t*360-180,Math.atan(Math.exp((e-.5)*2*Math.PI))*360/Math.PI-90]}function Ci(t){return 512*2**t}var t6=2;function Mi(t,e,r){let n=t.map(mn).filter(([o,s],a,c)=>a===0||o!==c[a-1][0]||s!==c[a-1][1]);if(n.length<2)return[];let i=Im(n,e/2/Ci(r)).map(o=>o.map(Ai));return i.slice(1).map(([o,s],a)=>[i[a][0],i[a][1],s,o])}function Im(t,e){let r=t.slice(1).map(([n,i],o)=>r6(n-t[o][0],i-t[o][1]));return t.map(([n,i],o)=>{let[s,a]=n6(r[o-1]??r[o],r[o]??r[o-1]);return[[n+e*s,i+e*a],[n-e*s,i-e*a]]})}function r6(t,e){let r=Math.hypot(t,e);return[-e/r,t/r]}function n6([t,e],[r,n]){let[i,o]=[t+r,e+n],s=i*i+o*o;if(s<1e-9)return[r,n];let a=Math.min(2/s,t6/Math.sqrt(s));return[i*a,o*a]}function D2(t,{on:e,off:r},n){let i=Ci(n),o=[],[s,a,c]=[[t[0]],e,!0];for(let l=1;l<t.length;l++){let[u,f]=[mn(t[l-1]),mn(t[l])],d=Math.hypot(f[0]-u[0],f[1]-u[1])*i;for(;d>a;){let h=a/d;u=[u[0]+h*(f[0]-u[0]),u[1]+h*(f[1]-u[1])],d-=a,c&&o.push([...s,Ai(u)]),c=!c,s=[Ai(u)],a=c?e:r}a-=d,c&&s.push(t[l])}return c&&s.length>1&&o.push(s),o}var N2=.16,F2=14,U2={start:3,end:9};function $2(t,e,r,n){let[i,o]=[mn(t),mn(e)],[s,a]=[o[0]-i[0],o[1]-i[1]],c=[(i[0]+o[0])/2+N2*a,(i[1]+o[1])/2-N2*s],l=Math.hypot(s,a)*Ci(n),u=Math.min(5+1.6*r,.5*l),f=Math.min(U2.start/l,.1),d=Math.max(1-U2.end/l,.8),h=Math.max(d-u/l,f+.05),p=[];for(let x=0;x<=F2;x++)p.push(G2(i,c,o,f+(h-f)*x/F2));let g=Im(p,r/2/Ci(n)),m=i6(p.at(-1),G2(i,c,o,d));return[...g.map(([x])=>x),...m,...g.map(([,x])=>x).reverse()].map(Ai)}function i6(t,e){let[r,n]=[.5*(e[1]-t[1]),.5*(e[0]-t[0])];return[[t[0]-r,t[1]+n],e,[t[0]+r,t[1]-n]]}function G2(t,e,r,n){let[i,o,s]=[(1-n)**2,2*n*(1-n),n**2];return[i*t[0]+o*e[0]+s*r[0],i*t[1]+o*e[1]+s*r[1]]}var z2=1.2,o6=8.5,Rm={least:110,most:225};function V2(t,e,r){let n=e.proposal===null?s6(t,e,r):[];return[new lt({id:"flows",data:n,pickable:!0,positionFormat:"XY",getPolygon:i=>i.outline,getFillColor:i=>i.color})]}function s6(t,e,r){let n=hn(t,e),i=n?.trips[0]??1;return js(n,su(e.flowShare)).reverse().map(o=>{let s=n.trips[o]/i,a=z2+(o6-z2)*s,c=Li(t.colours.flow,Rm.least+(Rm.most-Rm.least)*s),[l,u]=[n.ends.centre[n.from[o]],n.ends.centre[n.to[o]]];return{flow:o,color:c,outline:$2(l,u,a,r)}})}var a6=[30,35,40],c6=225,l6=3,W2=.975;function Bm(t,e){if(e.proposal!==null)return f6(t,t.proposals[e.proposal]);let r=t.measures[e.hexagons];if(r)return u6(r,e);let n=Ws(t,e);return{values:(n?.byCell??[]).map(o=>o>0?o:null),breaks:n?.breaks??[],ramp:t.colours.ramp,unit:null}}function u6(t,{network:e,slot:r}){let n=e==="before"?"before":"after",i=t.values[`${n}|all`],o=!Object.keys(t.values).some(c=>c!=="before|all"&&c!=="after|all"),s=o?i:t.values[`${n}|${r}`]??[],a=r==="all"||o?t.breaks.all:t.breaks.slot;return{values:s,breaks:a,ramp:t.ramp,unit:t.unit}}function f6(t,e){let r=t.cells.h3.map((i,o)=>e.change[o]??null),n=t.measures.change?.unit??null;return{values:r,breaks:e.breaks,ramp:t.colours.change,unit:n}}function d6(t,e){let r=e.findIndex(n=>t<=n);return r<0?e.length:r}function j2(t,e,r){let n=Bm(t,e),i=n.values.flatMap((c,l)=>c===null?[]:[{cell:l,value:c}]),o=n.ramp.map(c=>Li(c,c6)),s=e.cell===null?[]:Mi(t.cells.ring[e.cell],l6,r),a={positionFormat:"XY"};return[new lt({...a,id:"hexagons",data:i,pickable:!0,autoHighlight:!0,highlightColor:[0,0,0,30],getPolygon:c=>h6(t.cells.ring[c.cell],t.cells.centre[c.cell]),getFillColor:c=>o[d6(c.value,n.breaks)]}),new lt({...a,id:"chosen",data:s,getPolygon:c=>c,getFillColor:a6})]}function h6(t,[e,r]){return t.map(([n,i])=>[e+W2*(n-e),r+W2*(i-r)])}var p6=[255,255,255],m6={on:9,off:6},yu={kept:1.6,changed:3.6,removed:3.2,new:4},g6={before:t=>t!=="new",after:t=>t!=="removed",changes:()=>!0},_6=.18,y6={status:"kept",headways:{},paths:null};function b6(t,e){if(e.step===null)return t.lines;let{lines:r}=t.budget[e.step],n=t.lines.filter(o=>o.status!=="new").map(o=>x6(o,r[o.id]??y6)),i=Object.entries(r).filter(([,o])=>o.status==="new").map(([o,s])=>w6(o,s));return[...n,...i]}function x6(t,{status:e,headways:r,paths:n}){let i=e==="removed"?{}:{...t.headwayBefore,...r};return{...t,pathsAfter:n,status:e,headwayAfter:i,boardingsAfter:null}}function w6(t,{name:e,headways:r,paths:n}){return{id:t,name:{en:e,fr:e},status:"new",paths:n??[],pathsAfter:null,headwayBefore:{},headwayAfter:r,boardingsBefore:null,boardingsAfter:null}}function H2(t,e,r){let n=b6(t,e).flatMap(f=>v6(f,e.network)).filter(f=>g6[e.network](f.status)).sort((f,d)=>yu[f.status]-yu[d.status]),i=({status:f})=>e.network==="before"&&f!=="kept"?2.6:yu[f],o=(f,d,h)=>d.flatMap(p=>Mi(p,h,r)).map(p=>({polygon:p,line:f})),s=n.flatMap(f=>o(f,f.paths,i(f)+2.4)),a=n.flatMap(f=>o(f,E6(f,r),i(f))),c={pickable:!0,positionFormat:"XY",getPolygon:f=>f.polygon,opacity:e.proposal===null?1:_6},l=f=>u[f.line.status],u=Object.fromEntries(Object.keys(yu).map(f=>[f,S6(t,e,f)]));return[new lt({...c,id:"line-casings",data:s,getFillColor:p6}),new lt({...c,id:"lines",data:a,getFillColor:l})]}function v6(t,e){if(!t.pathsAfter||e==="before")return[t];let r={...t,paths:t.pathsAfter};return e==="after"?[r]:[{...t,status:"removed"},r]}function E6(t,e){return t.status==="removed"?t.paths.flatMap(r=>D2(r,m6,e)):t.paths}function S6(t,e,r){return Li(t.colours.status[r],e.network==="changes"&&r==="kept"?110:255)}var T6=[255,254,251],P6=[120,122,124,150],L6=[30,35,40],A6=[240,228,66,235],Om={outline:1,halo:14,proposal:4};function Y2(t){let e=t.zones.flatMap(c=>c.polygons),r=e.flat(),n=ea(()=>[q2("land",e,T6)]),i=ea(c=>[km("outlines",r,P6,Om.outline,c)]),o=ea((c,l)=>j2(t,c,l)),s=ea((c,l)=>H2(t,c,l)),a=ea((c,l)=>V2(t,c,l));return(c,l)=>{let{day:u,slot:f,network:d,cell:h,proposal:p,step:g,level:m,flowShare:b}=c;return[...n([]),...o([u,f,d,c.hexagons,h,p,h===null||l],c,l),...i([l],l),...s([d,p,g,l],c,l),...a([u,f,h,m,b,p!==null,l],c,l),...C6(t,c,l)]}}function ea(t){let[e,r]=[null,null];return(n,...i)=>{let o=n.join("|");return o!==e&&([e,r]=[o,t(...i)]),r}}function q2(t,e,r){return new lt({id:t,data:e,positionFormat:"XY",getPolygon:n=>n,getFillColor:r})}function km(t,e,r,n,i){return q2(t,e.flatMap(o=>Mi(o,n,i)),r)}function C6(t,e,r){let n=e.proposal===null?[]:t.proposals[e.proposal].paths;return[km("proposal-halo",n,A6,Om.halo,r),km("proposal-line",n,L6,Om.proposal,r)]}function X2(t,e,r){let n=t.proposals.map((o,s)=>({...o,button:M6(o,s,e)})).filter(o=>o.anchor);r.append(...n.map(o=>o.button));let i=o=>{for(let{button:s,place:a}of n)s.setAttribute("aria-pressed",String(Number(a)-1===o.proposal))};return e.subscribe(i),i(e.get()),{moveTo(o){for(let{anchor:s,button:a}of n){let[c,l]=o.project(s);a.style.transform=`translate(${c.toFixed(1)}px, ${l.toFixed(1)}px) translate(-50%, -50%)`}}}}function M6(t,e,r){let n=document.querySelector(`.card[data-proposal="${e}"] h3`),i=document.createElement("button");return i.type="button",i.className="mark",i.textContent=t.place,n&&(n.id=`proposal-${t.place}`,i.setAttribute("aria-describedby",n.id)),i.addEventListener("click",()=>r.set({proposal:r.get().proposal===e?null:e,step:null})),i}var I6={en:{demand:"trips from and to here a day",before:"today",after:"after the plan"},fr:{demand:"déplacements de et vers ici par jour",before:"aujourd’hui",after:"après le plan"}};function bu(t,e,r){let{language:n}=e,i=Ws(t,e)?.byCell[r],o=[t.cells.place[r],`${ee(i,n)} ${I6[n].demand}`];for(let[a,c]of Object.entries(t.measures)){if(a==="change")continue;let[l,u]=["before","after"].map(f=>c.values[`${f}|${e.slot}`]?.[r]);(Dm(l)||Dm(u))&&o.push(`${ee(l,n)} → ${ee(u,n)} ${c.unit[n]}`)}let s=e.proposal===null?t.measures.change?.values["after|all"][r]:R6(t,e,r);return Dm(s)&&o.push(`${ee(s,n,1,!0)} ${t.measures.change.unit[n]}`),[...o,`H3 ${t.cells.h3[r]}`]}function R6(t,e,r){return t.measures.change?t.proposals[e.proposal].change[r]:null}function Dm(t){return t!=null}var B6=20,xu={en:{none:"No flow is drawn.",some:(t,e,r,n)=>`${t} of ${e} flows, ${n} trips a day or more each: ${r} of trips between places`,place:(t,e,r)=>`The ${t} largest of ${r}: ${e} of all trips between places`,groups:"Near places are taken together; zoom in to part them. ",proposal:t=>`Only proposal ${t}: its line, and minutes saved a trip by where it starts.`,step:t=>`Lines of the budget ${t}; hexagons stay those of the plan.`,unknown:"The plan does not look at this time of day."},fr:{none:"Aucun flux n’est dessiné.",some:(t,e,r,n)=>`${t} flux sur ${e}, ${n} déplacements par jour ou plus chacun : ${r} des déplacements entre lieux`,place:(t,e,r)=>`Les ${t} plus grands de ${r} : ${e} de tous les déplacements entre lieux`,groups:"Les lieux proches sont réunis ; agrandir pour les séparer. ",proposal:t=>`Seulement la proposition ${t} : sa ligne, et les minutes gagnées par déplacement selon l’origine.`,step:t=>`Lignes du budget ${t} ; les hexagones restent ceux du plan.`,unknown:"Le plan ne couvre pas ce moment de la journée."}};function K2(t,e){let r=document.getElementById("ramp-title"),n=r&&[...r.childNodes],i=o=>{O6(t,o),D6(t,o),F6(t,o,r,n),$6(t,o),V6(t,o),j6(o.slot),H6(o.proposal)};e.subscribe(i),i(e.get()),document.getElementById("show-all")?.addEventListener("click",()=>e.set({proposal:null,step:null}))}function O6(t,e){let r=document.getElementById("flow-said"),n=hn(t,e);if(!r||!n)return;let i=js(n,su(e.flowShare)),o=xu[e.language],s=i.length?k6(n,i,e.language,o):o.none;r.textContent=(e.level===null?"":o.groups)+s,document.getElementById("flow-share").setAttribute("aria-valuetext",s)}function k6(t,e,r,n){let i=e.reduce((c,l)=>c+t.trips[l],0),o=Um(i/Math.max(t.total,1e-9),r),s=ee(e.length,r);if(t.chosen!==null)return n.place(s,o,t.ends.place[t.chosen]);let a=ee(t.trips[e.at(-1)],r);return n.some(s,ee(t.pairs,r),o,a)}function D6(t,e){let r=document.querySelector("#flow-table tbody"),n=hn(t,{...e,level:null});!r||!n||r.replaceChildren(...js(n,B6).map(i=>N6(n,i,e.language)))}function N6(t,e,r){let n=document.createElement("tr"),[i,o]=[t.from[e],t.to[e]].map(a=>t.ends.place[a]),s=[i,o,ee(t.trips[e],r),Nm(t,e,r)].map((a,c)=>{let l=document.createElement(c===0?"th":"td");return l.textContent=a,c>1&&(l.className="num"),l});return s[0].scope="row",n.append(...s),n}function Nm(t,e,r){let[n,i]=[t.low?.[e],t.high?.[e]];return n==null?"–":`${ee(n,r)}–${ee(i,r)}`}function F6(t,e,r,n){let i=document.getElementById("ramp");if(!i||document.documentElement.classList.contains("is-static"))return;let{breaks:o,ramp:s,unit:a,values:c}=Bm(t,e),l=[...o.map(u=>ee(u,e.language,U6(u))),""];i.replaceChildren(...l.map((u,f)=>G6(s[f],u))),a?r.textContent=c.some(u=>u!==null)?a[e.language]:xu[e.language].unknown:r.replaceChildren(...n)}function U6(t){return Number.isInteger(t)?0:Math.abs(t)>=1?1:2}function G6(t,e){let[r,n,i]=["li","i","span"].map(o=>document.createElement(o));return n.style.background=t,i.textContent=e,r.append(n,i),r}function $6(t,e){let r=document.getElementById("place-said");if(!r)return;let[n,...i]=e.cell===null?[]:bu(t,e,e.cell);r.replaceChildren(...[n,...i].filter(Boolean).map((o,s)=>z6(o,s===0?"strong":"span")))}function z6(t,e){let r=document.createElement(e);return r.textContent=t,r}function V6(t,{language:e,proposal:r,step:n}){let i=document.getElementById("only");i&&(i.hidden=r===null&&n===null,r!==null?Z2(xu[e].proposal(t.proposals[r].place)):n!==null&&Z2(xu[e].step(W6(document.querySelector(`.step[data-step="${n}"]`),e))))}function Z2(t){document.getElementById("only-said").textContent=t}function W6(t,e){return(t.querySelector(`[lang="${e}"]`)??t).textContent}function j6(t){for(let e of document.querySelectorAll("[data-slot]"))e.hidden=e.dataset.slot!==t}function H6(t){for(let e of document.querySelectorAll(".card")){let r=Number(e.dataset.proposal)===t;e.classList.toggle("chosen",r),e.querySelector(".show").setAttribute("aria-pressed",String(r))}}var Y6={background:"#1e2328",color:"#fff",padding:"0.45rem 0.65rem",borderRadius:"3px",maxWidth:"20rem",font:"0.8125rem/1.45 system-ui, Liberation Sans, sans-serif",whiteSpace:"pre-line",fontVariantNumeric:"tabular-nums"},q6={en:{flow:"trips a day",interval:"90 % interval",headway:"min between vehicles",boardings:"boardings a day",kept:"kept",changed:"changed",removed:"removed",new:"new",all:"whole day"},fr:{flow:"déplacements par jour",interval:"intervalle à 90 %",headway:"min entre véhicules",boardings:"montées par jour",kept:"inchangée",changed:"modifiée",removed:"supprimée",new:"nouvelle",all:"journée entière"}};function Q2(t,e,{layer:r,object:n}){let i=r?.id==="line-casings"?"lines":r?.id,o=n&&X6[i]?.(t,e,n,q6[e.language]);return o?{text:o,style:Y6}:null}var X6={hexagons:(t,e,{cell:r})=>bu(t,e,r).join(`
`),flows:(t,e,{flow:r},n)=>{let i=hn(t,e),[o,s]=[i.from[r],i.to[r]].map(l=>i.ends.place[l]),a=Nm(i,r,e.language);return[...[`${o} → ${s}`,`${ee(i.trips[r],e.language)} ${n.flow}`],...a==="–"?[]:[`${n.interval} ${a}`]].join(`
`)},lines:(t,e,{line:r},n)=>[`${r.name[e.language]} (${n[r.status]})`,Z6(t,e,r,n),J2(r.boardingsBefore,r.boardingsAfter,e.language,n.boardings)].filter(Boolean).join(`
`)};function Z6(t,e,r,n){return(e.slot==="all"?Object.keys(t.slotNames):[e.slot]).filter(o=>o in r.headwayBefore||o in r.headwayAfter).map(o=>{let s=J2(r.headwayBefore[o],r.headwayAfter[o],e.language,n.headway);return`${t.slotNames[o]?.[e.language]??o}: ${s}`}).join(`
`)}function J2(t,e,r,n){let[i,o]=[ee(t,r),ee(e,r)];return i==="–"&&o==="–"?"":i===o?`${i} ${n}`:`${i} → ${o} ${n}`}var K6=900,Q6=28,tS=4,rS=18;function nS(){try{return!!document.createElement("canvas").getContext("webgl2")}catch{return!1}}function iS(t,e,r){let n=document.documentElement;n.classList.add("has-map");let i=eS(r,t.frame),o=i.zoom,s=Y2(t),a=X2(t,e,r),c=()=>a.moveTo(new fr({...i,...oS(r)})),l=()=>f.setProps({layers:s(e.get(),o)}),u=()=>c2(t,i.zoom,i.latitude);e.set({level:u()});let f=new Np({parent:r,views:new ss({repeat:!1}),controller:{dragRotate:!1,touchRotate:!1,keyboard:!0},touchAction:"pan-y",useDevicePixels:Math.min(window.devicePixelRatio||1,2),viewState:i,layers:s(e.get(),o),pickingRadius:4,getTooltip:m=>Q2(t,e.get(),m),getCursor:({isDragging:m,isHovering:b})=>m?"grabbing":b?"pointer":"grab",onClick:m=>e.set(J6(m,e.get())),onAfterRender:()=>n.classList.add("is-drawn"),onResize:c,onError:m=>eN(f,m),onViewStateChange:({viewState:m})=>{i=m,f.setProps({viewState:i}),c(),Math.abs(i.zoom-o)>.2&&(o=i.zoom,d())}}),d=()=>u()===e.get().level?l():e.set({level:u()}),h=m=>{let b=matchMedia("(prefers-reduced-motion: reduce)").matches,x=b?{}:{transitionDuration:K6,transitionInterpolator:new vi};i={...m,...x},f.setProps({viewState:i}),o=m.zoom,d(),b&&c()},p=m=>h(eS(r,m)),g=m=>{m===0?p(t.frame):h({...i,zoom:Math.min(Math.max(i.zoom+m,tS),rS)})};for(let m of document.querySelectorAll("[data-zoom]"))m.addEventListener("click",()=>g(Number(m.dataset.zoom)));return e.subscribe((m,b)=>{if(l(),r.classList.toggle("has-chosen",m.proposal!==null||m.step!==null),m.proposal===b.proposal)return;let x=m.proposal===null?t.frame:t.proposals[m.proposal].box;x&&p(x)}),f}function oS(t){return{width:Math.max(t.clientWidth,200),height:Math.max(t.clientHeight,200)}}function eS(t,[e,r,n,i]){let o=new fr(oS(t)),{longitude:s,latitude:a,zoom:c}=o.fitBounds([[e,r],[n,i]],{padding:Q6,maxZoom:15});return{longitude:s,latitude:a,zoom:c,maxPitch:0,minZoom:tS,maxZoom:rS}}function J6({layer:t,object:e},r){return t?.id==="hexagons"&&e?{cell:r.cell===e.cell?null:e.cell}:{cell:null}}function eN(t,e){console.warn("The interactive map stopped; the static map takes its place.",e),document.documentElement.classList.replace("has-map","is-static"),t.finalize()}var tN={en:"sort",fr:"trier"};function sS(){for(let t of document.querySelectorAll("table.sortable"))for(let e of t.tHead.rows[0].cells){let r=document.createElement("button");r.type="button",r.className="sort";for(let[n,i]of Object.entries(tN))r.setAttribute(`data-title-${n}`,i);r.append(...e.childNodes),r.addEventListener("click",()=>rN(t,e)),e.append(r)}}function rN(t,e){let r=e.getAttribute("aria-sort")==="descending"?"ascending":"descending";for(let o of t.tHead.rows[0].cells)o.removeAttribute("aria-sort");e.setAttribute("aria-sort",r);let n=r==="ascending"?1:-1,i=[...t.tBodies[0].rows].map(o=>({row:o,key:iN(o.cells[e.cellIndex])}));i.sort((o,s)=>n*nN(o.key,s.key,n)),t.tBodies[0].append(...i.map(({row:o})=>o))}function nN(t,e,r){return t===null||e===null?t===e?0:t===null?r:-r:typeof t=="number"&&typeof e=="number"?t-e:String(t).localeCompare(String(e),document.documentElement.lang,{numeric:!0})}function iN(t){let e=oN(t).split("→").at(-1).trim();if(e==="–"||e==="")return null;let r=e.replace(/[\u202f\s]/g,"").replace("−","-").replace(",","."),n=/^[±+]?(-?\d+(?:\.\d+)?)/.exec(r);return n&&!t.matches("th")?Number(n[1]):e}function oN(t){let e=document.documentElement.lang==="fr"?"en":"fr",r=t.cloneNode(!0);for(let n of r.querySelectorAll(`[lang="${e}"], [hidden], small`))n.remove();return r.textContent}function aS(t){let e=[],r={...t};return{get:()=>r,set(n){let i={...r};Object.assign(r,n);for(let o of e)o(r,i)},subscribe(n){e.push(n)}}}function wu(t,e){return document.querySelector(`input[name="${t}"]:checked`)?.value??e}function sN(){return{language:Fm(),day:wu("day",""),slot:wu("slot","all"),network:wu("network","after"),hexagons:wu("hexagons","demand"),flowShare:Number(document.getElementById("flow-share")?.value??0),level:null,cell:null,proposal:null,step:null}}function aN(t){for(let r of["day","slot","network","hexagons"])for(let n of document.querySelectorAll(`input[name="${r}"]`))n.addEventListener("change",()=>t.set({[r]:n.value}));let e=document.getElementById("flow-share");e?.addEventListener("input",()=>t.set({flowShare:Number(e.value)}));for(let r of document.querySelectorAll("[data-language]"))r.addEventListener("click",()=>t.set({language:r.dataset.language}));document.addEventListener("keydown",r=>{r.key==="Escape"&&t.set({cell:null,proposal:null,step:null})})}function cN(t){for(let e of document.querySelectorAll(".card"))e.addEventListener("click",r=>{if(r.target.closest("details, .table, a"))return;let n=Number(e.dataset.proposal);t.set({proposal:t.get().proposal===n?null:n,step:null})})}function lN(t,e){let r=document.getElementById("map"),n=document.documentElement;try{r&&nS()?iS(t,e,r):n.classList.add("is-static")}catch(i){console.warn("The interactive map could not start; the static map takes its place.",i),n.classList.remove("has-map"),n.classList.add("is-static")}n.classList.remove("waiting")}function uN(t){let e=aS(sN());document.documentElement.classList.add("has-script"),e.subscribe((r,n)=>r.language!==n.language&&Tu(r.language)),aN(e),cN(e),sS(),K2(t,e),$m(e),Tu(e.get().language),requestAnimationFrame(()=>setTimeout(()=>lN(t,e)))}uN(window.maillageContent);})();
