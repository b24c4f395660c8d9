"""画《2021—2025年衡澜大学大型仪器共享机时》：images/shared-hours.png。

在任何目录下运行 `python images/make_shared-hours.py` 都得到同样的图。
数据与 briefing.yaml 中图1的说明文字一致，改一处须同时改另一处。
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
FONT = HERE / ".." / "fonts" / "NotoSansSC-Medium.ttf"
OUT = HERE / "shared-hours.png"

DPI = 300
WIDTH_MM, HEIGHT_MM = 150, 82

YEARS = [2021, 2022, 2023, 2024, 2025]
ACROSS = [3.2, 3.9, 5.1, 6.6, 8.3]  # 跨院系机时，万小时
OUTSIDE = [0.7, 0.9, 1.6, 2.9, 4.7]  # 校外机时，万小时
TOP, STEP = 14, 2  # 纵轴上限与刻度，万小时

PAPER, INK, SOFT, GRID = 255, 25, 90, 215
DARK, LIGHT = 85, 195  # 两段柱子的灰度，黑白打印也分得清


def mm(value: float) -> int:
    return round(value * DPI / 25.4)


def main() -> None:
    image = Image.new("L", (mm(WIDTH_MM), mm(HEIGHT_MM)), PAPER)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), mm(3.3))
    bold = ImageFont.truetype(str(FONT), mm(3.7))

    left, right = mm(12), mm(WIDTH_MM - 3)
    top, bottom = mm(13), mm(HEIGHT_MM - 9)

    def y(value: float) -> int:
        return round(bottom - (bottom - top) * value / TOP)

    for tick in range(0, TOP + 1, STEP):
        if tick:
            draw.line([(left, y(tick)), (right, y(tick))], fill=GRID, width=mm(0.15))
        draw.text((left - mm(2), y(tick)), str(tick), font=font, fill=SOFT, anchor="rm")
    draw.text((mm(2), mm(4.5)), "单位：万小时", font=font, fill=SOFT, anchor="lm")

    def label_on_paper(at: tuple[int, int], text: str, face, anchor: str) -> None:
        """数字下面垫一块白底，不让网格线穿过。"""
        x0, y0, x1, y1 = draw.textbbox(at, text, font=face, anchor=anchor)
        draw.rectangle([x0 - mm(0.6), y0 - mm(0.4), x1 + mm(0.6), y1 + mm(0.4)], fill=PAPER)
        draw.text(at, text, font=face, fill=INK, anchor=anchor)

    slot = (right - left) / len(YEARS)
    bar = mm(14)
    for index, (year, across, outside) in enumerate(zip(YEARS, ACROSS, OUTSIDE, strict=True)):
        middle = round(left + slot * (index + 0.5))
        x0, x1 = middle - bar // 2, middle + bar // 2
        total = across + outside
        draw.rectangle([x0, y(across), x1, bottom], fill=DARK)
        draw.rectangle([x0, y(total), x1, y(across) - mm(0.35)], fill=LIGHT)
        draw.text(
            (middle, (y(across) + bottom) // 2), f"{across:.1f}", font=font, fill=PAPER, anchor="mm"
        )
        if y(across) - y(total) > mm(5):
            place = (middle, (y(total) + y(across)) // 2)
            draw.text(place, f"{outside:.1f}", font=font, fill=INK, anchor="mm")
        else:  # 柱段太矮，数字写在右侧
            place = (x1 + mm(1.4), (y(total) + y(across)) // 2)
            label_on_paper(place, f"{outside:.1f}", font, "lm")
        label_on_paper((middle, y(total) - mm(1.2)), f"{total:.1f}", bold, "ms")
        draw.text((middle, bottom + mm(4.8)), f"{year}年", font=font, fill=INK, anchor="mm")
    draw.line([(left, bottom), (right, bottom)], fill=INK, width=mm(0.3))

    # 图例，从右往左排
    x = right
    for label, shade in (("校外机时", LIGHT), ("跨院系机时", DARK)):
        x -= round(draw.textlength(label, font=font))
        draw.text((x, mm(4.5)), label, font=font, fill=INK, anchor="lm")
        x -= mm(5)
        draw.rectangle([x, mm(3), x + mm(3.4), mm(6)], fill=shade)
        x -= mm(6)

    image = image.quantize(colors=16, dither=Image.Dither.NONE)
    image.save(OUT, format="PNG", optimize=True, dpi=(DPI, DPI))


if __name__ == "__main__":
    main()
