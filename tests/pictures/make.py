"""Make the pictures in ``made/``: each is what a real program writes, of content invented here.

The programs are none of the project's: install matplotlib, seaborn, pygal, plotly, kaleido,
vl-convert-python, altair, schemdraw, drawsvg and qrcode into an environment of their own, and
gnuplot, Graphviz, Inkscape, LibreOffice, PlantUML, R, fig2dev and Chromium with the system.
``python make.py`` makes what these make; ``make.mjs`` has the rest.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
MADE, SOURCES = HERE / "made", HERE / "sources"
SANS = "Noto Sans CJK SC"
DISTRICTS = ["城东", "城西", "城南", "城北", "新区"]
MONTHS = ["一月", "二月", "三月", "四月", "五月", "六月"]


def run(*command: str, **options: object) -> None:
    subprocess.run(command, check=True, **options)  # type: ignore[call-overload]


def matplotlib_files() -> None:
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams |= {
        "svg.hashsalt": "brieftex",
        "font.sans-serif": [SANS, "DejaVu Sans"],
        "font.size": 9,
        "axes.unicode_minus": False,
    }
    import matplotlib.pyplot as plt
    import numpy as np

    def save(name: str) -> None:
        plt.savefig(
            MADE / f"matplotlib-{name}.svg", metadata={"Date": None, "Creator": "Matplotlib"}
        )
        plt.close("all")

    values = [12, 19, 8, 15, 23]
    plt.rcParams["svg.fonttype"] = "none"
    plt.figure(figsize=(4, 3))
    plt.bar(DISTRICTS, values, color=["#8f2a22", "#46647f"] * 2 + ["#6f7d4f"])
    plt.title("各区网点数")
    plt.ylabel("个")
    save("bars")
    plt.figure(figsize=(4, 3))
    plt.plot(MONTHS, [3, 5, 4, 8, 9, 12], "o-", label="预约")
    plt.plot(MONTHS, [2, 4, 4, 6, 8, 9], "s--", label="到访")
    plt.legend()
    plt.grid(alpha=0.4)
    save("lines-legend")
    plt.figure(figsize=(3, 3))
    plt.pie([40, 30, 20, 10], labels=["来信", "来访", "网上", "电话"], autopct="%d%%")
    save("pie")
    plt.figure(figsize=(4, 3))
    grid = np.linspace(0, 6, 40)
    plt.scatter(grid, np.sin(grid), c=grid, s=60 + 20 * grid, alpha=0.5)
    plt.xlabel("天数")
    plt.ylabel(r"偏差 $10^{-3}$")
    save("scatter-alpha")
    plt.figure(figsize=(4, 3))
    plt.barh(DISTRICTS, values, hatch="//", edgecolor="black", color="#ece7dc")
    save("hatch")
    plt.rcParams["svg.fonttype"] = "path"
    plt.figure(figsize=(4, 3))
    plt.stackplot(range(6), [1, 2, 3, 3, 4, 5], [2, 2, 2, 3, 3, 3], labels=["甲", "乙"])
    plt.legend(loc="upper left")
    save("stacked-paths")
    plt.figure(figsize=(3, 3))
    plt.imshow(np.arange(36).reshape(6, 6), cmap="YlOrBr")
    plt.colorbar()
    save("heat-map")
    plt.figure(figsize=(4, 3))
    plt.errorbar(range(6), [3, 4, 6, 5, 7, 9], yerr=0.6, capsize=4, linestyle=":")
    plt.axhline(5, color="red", dashes=(6, 2))
    plt.annotate("目标", (4, 5), (2, 8), arrowprops={"arrowstyle": "->"})
    save("error-bars")
    import seaborn

    plt.figure(figsize=(4, 3))
    seaborn.boxplot(data=[[1, 2, 3, 4, 9], [2, 3, 4, 5, 6], [3, 3, 5, 7, 8]])
    save("seaborn-boxes")


def pygal_files() -> None:
    import pygal
    from pygal.style import CleanStyle

    def look() -> dict[str, object]:
        return {
            "no_prefix": True,
            "js": [],
            "disable_xml_declaration": False,
            "width": 480,
            "height": 320,
        }

    charts = {
        "bars": pygal.Bar,
        "lines": pygal.Line,
        "pie": pygal.Pie,
        "radar": pygal.Radar,
        "dots": pygal.Dot,
    }
    for name, kind in charts.items():
        chart = kind(**look(), **({"style": CleanStyle} if name == "lines" else {}))
        chart.title = "窗口办件量"
        if name != "pie":
            chart.x_labels = MONTHS
        chart.add("大厅", 40 if name == "pie" else [3, 5, 4, 8, 9, 12])
        chart.add("网上", 60 if name == "pie" else [6, 7, 9, 9, 12, 15])
        chart.render_to_file(str(MADE / f"pygal-{name}.svg"))


def plotly_files() -> None:
    import plotly.graph_objects as go

    figures = {
        "bars": go.Figure(go.Bar(x=DISTRICTS, y=[12, 19, 8, 15, 23])),
        "lines": go.Figure(
            [
                go.Scatter(x=MONTHS, y=[3, 5, 4, 8, 9, 12], name="预约"),
                go.Scatter(x=MONTHS, y=[2, 4, 4, 6, 8, 9], name="到访", line_dash="dash"),
            ]
        ),
        "pie": go.Figure(go.Pie(labels=DISTRICTS, values=[12, 19, 8, 15, 23], hole=0.4)),
        "area": go.Figure(
            [go.Scatter(y=[1, 3, 2, 5], fill="tozeroy"), go.Scatter(y=[2, 4, 3, 6], fill="tonexty")]
        ),
        "sunburst": go.Figure(
            go.Sunburst(
                labels=["总", "甲", "乙", "丙"],
                parents=["", "总", "总", "甲"],
                values=[10, 6, 4, 3],
            )
        ),
        "superscripts": go.Figure(
            go.Scatter(x=[1, 2, 3], y=[1, 4, 9]), {"title": "面积 m<sup>2</sup> 与 CO<sub>2</sub>"}
        ),
    }
    for name, figure in figures.items():
        figure.update_layout(
            width=420, height=300, font_family=SANS, margin={"l": 40, "r": 20, "t": 40, "b": 40}
        )
        figure.write_image(MADE / f"plotly-{name}.svg")


def vega_files() -> None:
    import vl_convert

    rows = [
        {"a": a, "b": b, "c": c}
        for c in ("上年", "本年")
        for a, b in zip(DISTRICTS, [12, 19, 8, 15, 23])
    ]
    for row in rows:
        row["b"] += 3 * (row["c"] == "本年")
    base = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": rows},
        "width": 260,
        "height": 180,
    }
    x, y = (
        {"field": "a", "type": "nominal", "title": "区"},
        {"field": "b", "type": "quantitative", "title": "件"},
    )
    color = {"field": "c", "type": "nominal", "title": "年度"}
    specs = {
        "bars": {"mark": "bar", "encoding": {"x": x, "y": y, "color": color}},
        "lines": {
            "mark": {"type": "line", "point": True},
            "encoding": {"x": x, "y": y, "color": color},
        },
        "area": {
            "mark": {"type": "area", "opacity": 0.5},
            "encoding": {"x": x, "y": y, "color": color},
        },
        "heat": {
            "mark": "rect",
            "encoding": {"x": x, "y": {"field": "c", "type": "nominal"}, "color": y},
        },
        "arc": {
            "mark": "arc",
            "encoding": {"theta": y, "color": {"field": "a", "type": "nominal"}},
        },
    }
    for name, spec in specs.items():
        (MADE / f"vega-{name}.svg").write_text(vl_convert.vegalite_to_svg(base | spec), "utf-8")


def small_libraries() -> None:
    import drawsvg
    import qrcode
    import qrcode.image.svg
    import schemdraw
    from schemdraw import flow

    schemdraw.use("svg")
    with schemdraw.Drawing(show=False, file=str(MADE / "schemdraw-flow.svg")) as drawing:
        drawing.config(fontsize=12)
        flow.Start().label("收件")
        flow.Arrow().down(1)
        flow.Decision(w=4, h=2).label("材料齐全")
        flow.Arrow().down(1)
        flow.Box(w=3, h=1).label("登记")
    drawing = drawsvg.Drawing(300, 160)
    shade = drawsvg.LinearGradient(0, 0, 300, 0)
    shade.add_stop(0, "#dcb98f")
    shade.add_stop(1, "#8f2a22")
    drawing.append(drawsvg.Rectangle(10, 10, 280, 60, fill=shade, rx=8))
    drawing.append(drawsvg.Text("示意图", 24, 150, 52, text_anchor="middle", fill="white"))
    drawing.append(drawsvg.Circle(80, 120, 25, fill="none", stroke="#46647f", stroke_width=4))
    drawing.save_svg(str(MADE / "drawsvg-banner.svg"))
    image = qrcode.make("https://example.org/jb", image_factory=qrcode.image.svg.SvgPathImage)
    image.save(str(MADE / "qrcode-path.svg"))


GNUPLOT = {
    "lines": 'plot sin(x) title "甲" lw 2, cos(x) title "乙" dt 2',
    "bars": 'set style data histogram; set style fill solid; set xtics ("一月" 0, "二月" 1, "三月" 2)\n'
            '$d << EOD\n3 4\n5 6\n8 7\nEOD\nplot $d using 1 title "预约", "" using 2 title "到访"',
    "enhanced": 'set title "面积 (10^3 m^2) 与 CO_2"; plot x**2 title "x^2" with points pt 7',
    "filled": 'set style fill transparent solid 0.4; plot [0:10] x title "下限" with filledcurves x1, 10-x title "上限" with filledcurves x1',
    "surface": 'set hidden3d; splot x*x-y*y title "面"',
    "arrows": 'set arrow from 1,1 to 4,4 lw 2; set label "目标线" at 2,4; set key left; plot [0:5][0:5] x title "实际"',
}  # fmt: skip


def gnuplot_files() -> None:
    for name, script in GNUPLOT.items():
        head = f'set terminal svg size 400,300 font "{SANS},12" enhanced\n'
        head += f'set output "{MADE}/gnuplot-{name}.svg"\n'
        run("gnuplot", input=(head + script).encode())


GRAPHVIZ = {
    "flow": 'digraph {rankdir=LR; node [shape=box, style=rounded]; 收件 -> 审核 -> 办结; 审核 -> 退回 [style=dashed, label="不全"]}',
    "clusters": 'digraph {subgraph cluster_a {label="县级"; style=filled; color="#ece7dc"; a1 [label="一科"]; a2 [label="二科"]} '
                'subgraph cluster_b {label="乡级"; b1 [label="站所"]} a1 -> b1; a2 -> b1 [color=red, penwidth=2]}',
    "records": 'digraph {node [shape=record]; t [label="{表|{编号|名称|日期}}"]; u [label="<f0> 甲|<f1> 乙"]; t -> u:f1}',
    "table": 'digraph {n [shape=none, label=<<TABLE BORDER="0" CELLBORDER="1"><TR><TD BGCOLOR="gold">项目</TD><TD>金额</TD></TR>'
             '<TR><TD>一</TD><TD><B>12</B></TD></TR></TABLE>>]}',
    "gradient": 'graph {node [style=filled, fillcolor="lightblue:white", gradientangle=90]; 中心 -- {甲 乙 丙}; }',
    "radial": 'graph {layout=twopi; ranksep=1; 局 -- {一科 二科 三科 四科 五科}; edge [dir=both, arrowhead=odiamond]}',
}  # fmt: skip


def graphviz_files() -> None:
    for name, script in GRAPHVIZ.items():
        engine = "twopi" if name == "radial" else "dot"
        script = script.replace(
            "{",
            f'{{graph [fontname="{SANS}"] node [fontname="{SANS}"] edge [fontname="{SANS}"] ',
            1,
        )
        run(engine, "-Tsvg", "-o", str(MADE / f"graphviz-{name}.svg"), input=script.encode())


PLANTUML = {
    "sequence": "群众 -> 窗口 : 提交材料\n窗口 -> 后台 : 转办\n后台 --> 窗口 : 结果\n窗口 --> 群众 : 告知",
    "activity": "start\n:收件;\nif (材料齐全?) then (是)\n:登记;\nelse (否)\n:一次告知;\nendif\nstop",
    "classes": "class 事项 {\n 名称\n 期限\n}\n事项 <|-- 许可\n事项 <|-- 备案",
    "gantt": "@startgantt\n[调研] lasts 5 days\n[起草] lasts 7 days\n[起草] starts at [调研]'s end\n@endgantt",
    "mind": "@startmindmap\n* 年度工作\n** 民生\n*** 就业\n** 交通\n@endmindmap",
}  # fmt: skip


def plantuml_files() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, script in PLANTUML.items():
            text = script if script.startswith("@") else f"@startuml\n{script}\n@enduml"
            (Path(folder) / f"{name}.puml").write_text(text, "utf-8")
        run(
            "plantuml", "-charset", "UTF-8", "-tsvg", *map(str, sorted(Path(folder).glob("*.puml")))
        )
        for name in PLANTUML:
            (MADE / f"plantuml-{name}.svg").write_bytes((Path(folder) / f"{name}.svg").read_bytes())


def r_files() -> None:
    script = f"""
    svg("{MADE}/r-bars.svg", 4, 3); barplot(c(3,5,4,8), names.arg=c("a","b","c","d"), col="#46647f"); dev.off()
    svg("{MADE}/r-curves.svg", 4, 3); curve(dnorm, -3, 3, lwd=2); abline(v=0, lty=2)
    polygon(c(-1,1,0), c(0,0,0.3), col=rgb(1,0,0,0.3)); dev.off()
    """
    run("Rscript", "-e", script)
    fig = "#FIG 3.2\nPortrait\nCenter\nMetric\nA4\n100.00\nSingle\n-2\n1200 2\n"
    fig += (
        "2 2 0 2 1 7 50 -1 20 0.000 0 0 -1 0 0 5\n\t900 900 2700 900 2700 1800 900 1800 900 900\n"
    )
    fig += (
        "2 1 1 2 4 7 50 -1 -1 4.000 0 0 -1 1 0 2\n\t1 1 2.00 90.00 120.00\n\t2700 1350 4050 1350\n"
    )
    fig += "1 3 0 2 0 6 50 -1 20 0.000 1 0.0000 4500 1350 450 450 4500 1350 4950 1350\n"
    with tempfile.NamedTemporaryFile(suffix=".fig") as file:
        file.write(fig.encode())
        file.flush()
        run("fig2dev", "-L", "svg", file.name, str(MADE / "fig2dev-boxes.svg"))


def sheets(folder: Path) -> list[Path]:
    """Workbooks with charts, for LibreOffice Calc."""
    import openpyxl
    from openpyxl.chart import BarChart, LineChart, PieChart, Reference

    made = []
    for name, kind in {"bars": BarChart, "lines": LineChart, "pie": PieChart}.items():
        book = openpyxl.Workbook()
        sheet = book.active
        for row in [
            ("月份", "预约", "到访"),
            *zip(MONTHS, [3, 5, 4, 8, 9, 12], [2, 4, 4, 6, 8, 9]),
        ]:
            sheet.append(row)
        chart = kind()
        chart.title = "办件量"
        chart.add_data(
            Reference(sheet, min_col=2, max_col=2 if name == "pie" else 3, min_row=1, max_row=7),
            titles_from_data=True,
        )
        chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=7))
        chart.width, chart.height = 11, 7
        sheet.add_chart(chart, "A9")
        made.append(folder / f"calc-{name}.xlsx")
        book.save(made[-1])
    return made


def office_files() -> None:
    """LibreOffice from flat files in ``sources/``, Inkscape from what others made."""
    with tempfile.TemporaryDirectory() as folder:
        # Calc exports no SVG without a window, but Draw does of Calc's pages.
        office = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        books = sheets(Path(folder))
        run(*office, "--convert-to", "pdf", "--outdir", folder, *map(str, books))
        pages = [book.with_suffix(".pdf") for book in books]
        run(
            *office,
            "--infilter=draw_pdf_import",
            "--convert-to",
            "svg",
            "--outdir",
            folder,
            *map(str, pages),
        )
        run(*office, "--convert-to", "svg", "--outdir", folder, *map(str, SOURCES.glob("*.fodg")))
        for made in Path(folder).glob("*.svg"):
            (MADE / f"libreoffice-{made.name}").write_bytes(made.read_bytes())
        for source in sorted(SOURCES.glob("inkscape-*.svg")):
            for plain in ("plain", "native"):
                kind = ["--export-plain-svg"] if plain == "plain" else ["--export-type=svg"]
                run(
                    "inkscape",
                    *kind,
                    "--actions=select-all;object-to-path"
                    if "path" in source.stem
                    else "--actions=select-all",
                    f"--export-filename={MADE}/{source.stem}-{plain}.svg",
                    str(source),
                )


MAKERS = [matplotlib_files, pygal_files, plotly_files, vega_files, small_libraries, gnuplot_files,
          graphviz_files, plantuml_files, r_files, office_files]  # fmt: skip

if __name__ == "__main__":
    MADE.mkdir(exist_ok=True)
    for make in MAKERS:
        if not sys.argv[1:] or make.__name__.split("_")[0] in sys.argv[1:]:
            try:
                make()
                print(make.__name__)
            except Exception as error:
                print(make.__name__, "FAILED", repr(error)[:300])
