/**
 * The reference's own style sheet: the product's colours and quiet, on a page that has neither script nor file beside it.
 * The policy allows exactly this text, by its hash.
 */
export const docsStyle = `
:root{
color-scheme:light dark;
--accent:light-dark(#862b59,#d99bbd);
--accent-soft:light-dark(#f6ebf1,#33222c);
--surface:light-dark(#ffffff,#1c191b);
--sunken:light-dark(#f7f4f3,#141214);
--raised:light-dark(#fbf9f8,#232022);
--border:light-dark(#e8e2e1,#363034);
--text:light-dark(#241c21,#f2edef);
--muted:light-dark(#5c5258,#beb4ba);
--faint:light-dark(#6b6064,#a79ca3);
--green:light-dark(#17693b,#6dcf9b);--green-soft:light-dark(#e6f2ea,#1c3126);
--amber:light-dark(#805000,#e6b95c);--amber-soft:light-dark(#fbf0d8,#352a14);
--red:light-dark(#a91c2a,#ff9c99);--red-soft:light-dark(#fbe9ea,#3b1f21);
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;
--top:56px;
}
*,::before,::after{box-sizing:border-box}
html{scroll-padding-block-start:calc(var(--top) + 24px);-webkit-text-size-adjust:100%}
body{margin:0;background:var(--surface);color:var(--text);font:400 15px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word;-webkit-font-smoothing:antialiased}
h1,h2,h3,h4,p,ul,pre,table{margin:0;padding:0}
h1{font-size:34px;line-height:1.15;letter-spacing:-.02em;font-weight:650}
h2{font-size:23px;line-height:1.25;letter-spacing:-.012em;font-weight:650}
h3{font-size:17px;line-height:1.35;font-weight:600}
h4{font-size:12.5px;line-height:1.4;font-weight:600;color:var(--faint)}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
main:focus{outline:none}
code{font-family:var(--mono);font-size:.885em}
p code,li code,td code,dd code{padding:.1em .35em;border-radius:4px;background:var(--sunken)}
.skip{position:absolute;inset-inline-start:-9999px}
.skip:focus{inset:8px auto auto 8px;z-index:3;padding:8px 14px;border-radius:8px;background:var(--accent);color:var(--surface)}
.top{position:sticky;inset-block-start:0;z-index:2;display:flex;align-items:center;gap:12px;block-size:var(--top);padding-inline:24px;border-block-end:1px solid var(--border);background:var(--surface)}
.brand{display:flex;align-items:center;gap:9px;color:var(--text);font-weight:650;text-decoration:none}
.brand svg{color:var(--accent)}
.brand span{font-weight:400;color:var(--muted)}
.version{padding:1px 8px;border-radius:99px;background:var(--sunken);color:var(--muted);font-size:12.5px;font-variant-numeric:tabular-nums}
.machine{margin-inline-start:auto;font-size:14px}
.page{display:grid;grid-template-columns:minmax(0,1fr);max-inline-size:1440px;margin-inline:auto}
nav ul{list-style:none}
nav a{color:var(--muted);text-decoration:none}
nav a:hover{color:var(--text)}
.nav-title{margin-block:0 6px;font-size:12.5px;font-weight:600;color:var(--faint)}
main{padding:32px 20px 96px;min-inline-size:0}
.lead{margin-block-start:12px;max-inline-size:60ch;font-size:17px;line-height:1.55;color:var(--muted)}
.chapter,.group{margin-block-start:56px}
.chapter>*,.group>p{max-inline-size:700px}
.chapter>*+*,.group>h2+p{margin-block-start:14px}
.chapter>h3{margin-block-start:32px}
.chapter ul{padding-inline-start:20px}
.chapter li+li{margin-block-start:4px}
.group{padding-block-start:48px;border-block-start:1px solid var(--border)}
.group>h2+p{color:var(--muted)}
pre{padding:14px 16px;border:1px solid var(--border);border-radius:10px;background:var(--sunken);font-size:13px;line-height:1.6;overflow-x:auto;overflow-wrap:normal;scrollbar-width:thin;tab-size:2}
pre code{font-size:1em}
.index{list-style:none;display:grid;gap:2px;margin-block-start:20px;padding:10px;border:1px solid var(--border);border-radius:12px;background:var(--raised)}
.index a{display:flex;align-items:baseline;gap:10px;padding:5px 8px;border-radius:7px;color:var(--text);text-decoration:none}
.index a:hover{background:var(--accent-soft)}
.index code{padding:0;background:none;min-inline-size:0}
.method{flex:none;display:inline-block;min-inline-size:54px;padding:2px 6px;border-radius:5px;font:600 11px/1.45 var(--mono);text-align:center;letter-spacing:.02em;background:var(--accent-soft);color:var(--accent)}
.method.get{background:var(--green-soft);color:var(--green)}
.method.put,.method.patch{background:var(--amber-soft);color:var(--amber)}
.method.delete{background:var(--red-soft);color:var(--red)}
article{margin-block-start:44px;padding-block-start:36px;border-block-start:1px solid var(--border)}
.index+article,.group>p+article{margin-block-start:36px}
article>*,.about>*{min-inline-size:0}
.about>p{margin-block-start:10px;max-inline-size:68ch}
.about>h4{margin-block:26px 2px}
.door{display:flex;align-items:baseline;gap:10px}
.door code{padding:0;background:none;font-size:14px}
.about>.who{margin-block-start:12px;padding:8px 12px;border-radius:8px;background:var(--raised);border:1px solid var(--border);font-size:14px;color:var(--muted)}
.who strong{font-weight:600;color:var(--text)}
.fields,.variants{list-style:none}
.fields>li{padding-block:10px}
.fields>li+li{border-block-start:1px solid var(--border)}
.fields .fields,.variants{margin-block-start:6px;padding-inline-start:14px;border-inline-start:2px solid var(--border)}
.variants>li{padding-block:8px}
.variants .fields{border:0;padding-inline-start:0}
.field{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 10px}
.field .name{padding:0;background:none;font-weight:600;font-size:13.5px}
.type{color:var(--muted);font-size:13.5px}
.type code{padding:0;background:none}
.or{color:var(--faint)}
.required,.optional{font-size:12px;color:var(--faint)}
.required{color:var(--accent);font-weight:550}
.note{margin-block-start:2px;max-inline-size:66ch;font-size:14px;line-height:1.5;color:var(--muted)}
.limits{color:var(--faint);font-size:13px}
.quiet{color:var(--faint)}
details{margin-block-start:16px;border:1px solid var(--border);border-radius:10px;background:var(--surface)}
summary{padding:8px 14px;cursor:pointer;font-size:13.5px;font-weight:550;border-radius:9px}
summary:hover{background:var(--raised)}
details[open]>summary{border-block-end:1px solid var(--border);border-end-start-radius:0;border-end-end-radius:0}
details>:not(summary){margin-inline:14px}
details>p{margin-block:10px}
details>pre{margin:0;padding:12px 14px;border:0;border-radius:0 0 9px 9px;max-block-size:none}
.status{margin-inline-start:4px;font:600 12px/1 var(--mono);color:var(--green)}
.about>.refusals{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 8px;margin-block-start:16px;font-size:13px}
.refusals span{color:var(--faint)}
.refusals a{color:var(--muted);text-decoration:none}
.refusals a:hover{color:var(--text);text-decoration:underline}
.example{margin-block-start:24px}
.example h4{margin-block-end:8px}
.example pre{font-size:12.5px}
.example details{margin-block-start:10px}
.shape>*+*{margin-block-start:8px}
.shape{max-inline-size:760px}
.shape>p{max-inline-size:68ch}
.group .shape+.shape{margin-block-start:28px;padding-block-start:24px}
table{inline-size:100%;border-collapse:collapse;font-size:14px;line-height:1.5}
th,td{padding:9px 12px 9px 0;border-block-end:1px solid var(--border);text-align:start;vertical-align:baseline}
thead th{font-size:12.5px;font-weight:600;color:var(--faint)}
tbody th{font-weight:500}
tr:target th,tr:target td{background:var(--accent-soft)}
article:target h3{text-decoration:underline;text-decoration-color:var(--accent);text-decoration-thickness:2px;text-underline-offset:.3em}
@media (max-width:959px){
nav{padding:20px 20px 0}
nav ul ul{display:none}
nav>ul{display:flex;flex-wrap:wrap;gap:6px;margin-block-end:16px}
nav a{display:inline-block;padding:5px 12px;border:1px solid var(--border);border-radius:99px;background:var(--raised);font-size:14px}
}
@media (max-width:599px){
h1{font-size:28px}
.top{padding-inline:20px}
thead{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr:not([id]){display:grid;padding-block:8px;border-block-end:1px solid var(--border)}
tbody tr:not([id])>*{padding:0;border:0}
#errors tr{display:grid;grid-template-columns:1fr auto;padding-block:10px;border-block-end:1px solid var(--border)}
#errors th,#errors td{padding:0;border:0}
#errors td:nth-child(3){grid-column:1/-1;color:var(--muted)}
#errors td:nth-child(4){grid-column:1/-1;font-size:13px;color:var(--faint)}
#errors td:nth-child(4)::before{content:"Try again as it is: "}
}
@media (min-width:960px){
.page{grid-template-columns:264px minmax(0,1fr)}
nav{position:sticky;inset-block-start:var(--top);align-self:start;block-size:calc(100vh - var(--top));overflow-y:auto;padding:28px 16px 48px 24px;border-inline-end:1px solid var(--border);font-size:14px;scrollbar-width:thin}
nav>ul{margin-block-end:28px}
nav li a{display:block;padding:3px 8px;border-radius:6px}
nav li a:hover{background:var(--sunken)}
nav .noun{margin-block-start:10px;font-weight:550;color:var(--text)}
nav ul ul a{display:flex;align-items:baseline;gap:8px;font-size:13.5px}
nav .method{min-inline-size:46px;padding:0;font-size:9.5px;background:none!important;text-align:start}
nav .nav-title{padding-inline:8px}
main{padding:44px 48px 160px}
.index{grid-template-columns:repeat(auto-fill,minmax(320px,1fr))}
}
@media (min-width:1240px){
article:not(.shape){display:grid;grid-template-columns:minmax(0,1fr) minmax(0,400px);gap:0 48px;align-items:start}
.example{position:sticky;inset-block-start:calc(var(--top) + 20px);margin-block-start:0;max-block-size:calc(100vh - var(--top) - 40px);overflow-y:auto}
}
@media (min-width:1400px){article:not(.shape){grid-template-columns:minmax(0,1fr) minmax(0,440px)}}
/* Only where somebody has just pressed a link: the first view of an address stands where it leads at once. */
@media (prefers-reduced-motion:no-preference){html:has(a:is(:hover,:focus)){scroll-behavior:smooth}}
@media print{nav,.top{display:none}}
`;
