"""BT57x, BT58x, BT592: PDF pages of other programs: attachments, and the papers of a meeting."""

from __future__ import annotations

from typing import Final

from brieftex.diagnostics.core import Kind, Severity

BAD_PAGES: Final = Kind(
    "BT571",
    "bad-pages",
    Severity.ERROR,
    "“{text}”不是页码",
    "“{text}” are no pages",
    ("写成 `1-6` 或 `1-3,8`，从小到大",),
    ("write `1-6` or `1-3,8`, from low to high",),
)
PAPER_OF_TWO: Final = Kind(
    "BT572",
    "paper-of-two",
    Severity.ERROR,
    "一份材料只能是 `issue` 或 `pdf` 里的一样",
    "a paper is an `issue` or a `pdf`, not both",
    ("分成两份材料",),
    ("make it two papers",),
)
PAPER_MISSING: Final = Kind(
    "BT573",
    "paper-missing",
    Severity.ERROR,
    "找不到“{file}”",
    "there is no “{file}”",
    ("路径从写它的文件所在的文件夹写起，要收的文件放在这个文件夹里",),
    ("paths begin at the folder of the file that names it, and it has to lie in there",),
)
PAPER_REPLACED: Final = Kind(
    "BT592",
    "paper-replaced",
    Severity.ERROR,
    "合成的文件也叫“{file}”，会覆盖这份材料",
    "the volume is called “{file}”, too, and would replace this paper",
    ("用 -o 给合成的文件另起名字",),
    ("give the volume another name with -o",),
)
PAPER_UNREADABLE: Final = Kind(
    "BT574",
    "paper-unreadable",
    Severity.ERROR,
    "“{file}”不是完好的 PDF，读不了",
    "“{file}” is no sound PDF file",
    ("用 Acrobat、WPS 打开另存一份；或重新扫描、重新导出",),
    ("open it in a PDF program and save it again, or make it anew",),
)
PAPER_LOCKED: Final = Kind(
    "BT575",
    "paper-locked",
    Severity.ERROR,
    "“{file}”加了密或有使用限制，不能收入",
    "“{file}” is encrypted or restricted and cannot be taken in",
    ("请做这个文件的单位另给一份不加密、不限制的",),
    ("ask for a copy without password and restrictions",),
)
PAPER_TOO_COSTLY: Final = Kind(
    "BT576",
    "paper-too-costly",
    Severity.ERROR,
    "“{file}”要用 {seconds} 秒或 {mebibytes} MiB 以上才读得完，没有收入",
    "“{file}” takes more than {seconds} s or {mebibytes} MiB to read",
    ("这样的文件多半是损坏的或恶意的；换一份，或另存一份",),
    ("such a file is likely to be damaged or hostile: take another copy",),
)
PAPER_WITHOUT_PAGE: Final = Kind(
    "BT577",
    "paper-without-page",
    Severity.ERROR,
    "“{file}”只有 {count} 页，没有第 {page} 页",
    "“{file}” has {count} pages, and no page {page}",
)
PAPER_FACES: Final = Kind(
    "BT578",
    "paper-faces",
    Severity.WARNING,
    "“{file}”没有嵌入这些字体，在别的机器上会变样：{faces}",
    "“{file}” does not embed these faces and looks different elsewhere: {faces}",
    ("请对方导出时选“嵌入所有字体”，或打印成 PDF",),
    ("have it exported with all faces embedded",),
)
PAPER_LAYERS: Final = Kind(
    "BT579",
    "paper-layers",
    Severity.WARNING,
    "“{file}”有隐藏的图层，收入后会显示出来",
    "“{file}” has hidden layers, which are seen here",
    ("看看这几页；不该有的，请对方合并图层后重新导出",),
    ("look at the pages; have the layers flattened if they show what they should not",),
)
PAPER_FIELDS: Final = Kind(
    "BT580",
    "paper-fields",
    Severity.WARNING,
    "“{file}”的表单里有 {count} 处没有画出来的内容，收入后是空的",
    "“{file}” has {count} form fields without appearance, which stay empty here",
    ("在 PDF 程序里打开，打印成新的 PDF 再收入",),
    ("print it to a new PDF file first",),
)
FOREIGN_PAGES: Final = Kind(
    "BT581",
    "foreign-pages",
    Severity.INFO,
    "第 {pages} 页是收入的外来页，里面的内容没有核对",
    "page {pages}: pages of another file, whose content was not read",
)
NOT_CONFORMING: Final = Kind(
    "BT582",
    "not-conforming",
    Severity.INFO,
    "收入了外来的 PDF 页，文件不标 PDF/A 和 PDF/UA",
    "with pages of other PDF files it does not call itself PDF/A and PDF/UA",
    ("要归档的，另给每份外来的文件存一份符合标准的",),
    ("archive each of the other files by itself, in a form that conforms",),
)
ATTACHED_PAGES: Final = Kind(
    "BT583",
    "attached-pages",
    Severity.WARNING,
    "附件“{file}”是外来的 PDF 页，这一期因此不标 PDF/A 和 PDF/UA",
    "“{file}” is a PDF file of another program: the issue does not call itself PDF/A and PDF/UA",
    ("要归档的，另存一份不带它的，附件另外归档", "知道了：`allow: [BT583]`"),
    ("archive the issue without it, and the attachment by itself", "accept it: `allow: [BT583]`"),
)
PAPER_LEFT_BEHIND: Final = Kind(
    "BT584",
    "paper-left-behind",
    Severity.INFO,
    "“{file}”里的{what}没有收入，收的只是看得见的页",
    "of “{file}” its {what_en} are left behind: only what is seen of the pages is taken",
)
PAPER_DYNAMIC: Final = Kind(
    "BT585",
    "paper-dynamic",
    Severity.WARNING,
    "“{file}”是动态表单（XFA），收进来的页可能只写着“请稍候”，没有表单的内容",
    "“{file}” is a dynamic form (XFA), whose pages may be but a request to wait",
    ("用 Acrobat 打开，打印成新的 PDF 再收入",),
    ("open it in Acrobat and print it to a new PDF file",),
)
PAPER_OF_TOO_MANY_PAGES: Final = Kind(
    "BT628",
    "paper-of-too-many-pages",
    Severity.ERROR,
    "“{file}”一次最多收 {most} 页",
    "of “{file}” no more than {most} pages are taken",
    ("用 `pages` 写明要哪些页",),
    ("say with `pages` which of them",),
)
PAGES_NOT_SHOWN: Final = Kind(
    "BT629",
    "pages-not-shown",
    Severity.WARNING,
    "这里看不到“{file}”的页，排成 PDF 时照样有：看 PDF 的组件没有装，或者认不得它",
    "the pages of “{file}” are not shown here, but stand in the PDF file: PDFium is not there, "
    "or does not know them",
    ("装上组件：`pip install 'brieftex[png]'`",),
    ("install it: `pip install 'brieftex[png]'`",),
)
