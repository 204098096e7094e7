/// Colours that can be told apart without red and green: orange and blue (Okabe & Ito 2008), by lightness too.
#include "tell/page_style.hpp"

namespace hansa {

namespace {

constexpr std::string_view sheet =
    R"css(:root{color-scheme:light dark;--ink:#1b1f24;--soft:#55606b;--paper:#fff;--line:#d5dae0;--faint:#f4f6f8;
--link:#0b5394;--base:#5b6570;--with:#0072b2;--halo:#fff;
--m3:#a63c00;--m2:#e07b2e;--m1:#f3c08f;--z:#d3d7db;--p1:#8fc6e8;--p2:#2f8fcd;--p3:#084b83}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#a4aeb8;--paper:#14181c;--line:#39424b;--faint:#1d2329;
--link:#8ec5f2;--base:#a9b3bd;--with:#56b4e9;--halo:#14181c;
--m3:#ffd0a3;--m2:#e8893a;--m1:#8f4a12;--z:#434c55;--p1:#1d5f92;--p2:#3f9fdd;--p3:#bfe3ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
overflow-wrap:anywhere}
header,main,nav,footer{max-width:68rem;margin:0 auto;padding:0 1rem}
header{padding-top:1.5rem}
h1{font-size:1.9rem;line-height:1.2;margin:.2em 0}
h2{font-size:1.4rem;line-height:1.25;margin:2.2em 0 .5em;padding-top:.6em;border-top:1px solid var(--line)}
h3{font-size:1.12rem;margin:1.8em 0 .4em}
p,li{max-width:46rem}
.soft{color:var(--soft)}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;padding:0;margin:.8rem 0}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--with);outline-offset:2px}
.warn{border-left:4px solid var(--m2);padding:.4em .8em;background:var(--faint)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1rem 2rem}
figure{margin:1rem 0;max-width:34rem}
figure.wide{max-width:none}
figcaption,caption{font-weight:600;text-align:left;margin-bottom:.3rem}
svg{display:block;width:100%;height:auto}
svg text{font-size:12px;fill:var(--soft)}
.axes .grid{stroke:var(--line);stroke-width:1}
.axes .zero,.axes .tick{stroke:var(--soft);stroke-width:1}
.axes .frame{fill:none;stroke:var(--line)}
.band{stroke:none;fill-opacity:.2}
.line{fill:none;stroke-width:2.2;stroke-linejoin:round}
.band.base{fill:var(--base)}.line.base{stroke:var(--base);stroke-dasharray:6 4}
.band.with{fill:var(--with)}.line.with{stroke:var(--with)}
.m3{fill:var(--m3)}.m2{fill:var(--m2)}.m1{fill:var(--m1)}.z{fill:var(--z)}.p1{fill:var(--p1)}.p2{fill:var(--p2)}
.p3{fill:var(--p3)}
.map circle{stroke:var(--halo);stroke-width:.6}
.map path,.key path{stroke:var(--ink);stroke-width:1.4}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;padding:0;margin:.5rem 0;font-size:.9rem}
.legend li{display:flex;align-items:center;gap:.4rem}
svg.key{width:36px;height:14px;flex:none}svg.key.dot{width:14px}
.scroll{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;font-size:.93rem;font-variant-numeric:tabular-nums;overflow-wrap:normal}
th,td{padding:.3rem .9rem .3rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{font-weight:500}thead th{color:var(--soft);vertical-align:bottom}
.n{text-align:right;white-space:nowrap}thead .n{white-space:normal}th.n[scope=row]{text-align:left}
td:not(.n){min-width:13rem}caption span{display:block;max-width:calc(100vw - 2.5rem)}
details{margin:.8rem 0}summary{cursor:pointer;color:var(--link)}
pre{overflow-x:auto;background:var(--faint);padding:.8rem;font-size:.82rem;line-height:1.4;overflow-wrap:normal}
code{font-size:.92em}
dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.2rem 1rem}dt{color:var(--soft)}dd{margin:0}
footer{padding:2rem 1rem;color:var(--soft);font-size:.9rem}
@media (max-width:34rem){h1{font-size:1.5rem}svg text{font-size:15px}svg.map text{font-size:22px}
.map circle{r:5px}dl{grid-template-columns:1fr}
dd{margin-bottom:.4rem}td,th{padding-right:.6rem}}
@media print{:root{--ink:#000;--soft:#444;--paper:#fff;--line:#bbb;--faint:#fff;--link:#000;--base:#5b6570;--with:#0072b2;
--halo:#fff;--m3:#a63c00;--m2:#e07b2e;--m1:#f3c08f;--z:#d3d7db;--p1:#8fc6e8;--p2:#2f8fcd;--p3:#084b83}
body{font-size:10pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}nav{display:none}figure,tr{break-inside:avoid}
h2,h3{break-after:avoid}.scroll{overflow:visible}pre{white-space:pre-wrap}}
)css";

}  // namespace

std::string_view page_style() noexcept {
  return sheet;
}

}  // namespace hansa
