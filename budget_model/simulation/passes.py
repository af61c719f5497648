"""The parts of the code that are the same whatever the rows: sums over periods, and the pass over all draws."""

from __future__ import annotations

from collections.abc import Iterable

from budget_model.simulation.machine_text import Text

_DRIVER = """
define void @run(ptr noalias %S, ptr noalias readonly %T, ptr noalias readonly %N, ptr noalias %O, i64 %first, i64 %stop, i64 %draws,
                 ptr noalias readonly %cells, ptr noalias readonly %numbers, i64 %drawn, ptr noalias readonly %found, i64 %count) {
entry:
  br label %next
next:
  %draw = phi i64 [ %first, %entry ], [ %following, %done ]
  %more = icmp slt i64 %draw, %stop
  br i1 %more, label %give, label %end
give:
  %k = phi i64 [ 0, %next ], [ %k1, %given ]
  %morek = icmp slt i64 %k, %drawn
  br i1 %morek, label %given, label %calculate
given:
  %cellp = getelementptr i64, ptr %cells, i64 %k
  %numberp = getelementptr i64, ptr %numbers, i64 %k
  %cell = load i64, ptr %cellp, align 8
  %number = load i64, ptr %numberp, align 8
  %row = mul i64 %number, %draws
  %from = add i64 %row, %draw
  %source = getelementptr double, ptr %N, i64 %from
  %value = load VECTOR, ptr %source, align 8
  %target = getelementptr VECTOR, ptr %S, i64 %cell
  store VECTOR %value, ptr %target, align ALIGN
  %k1 = add i64 %k, 1
  br label %give
calculate:
CALLS
  br label %take
take:
  %o = phi i64 [ 0, %calculate ], [ %o1, %taken ]
  %moreo = icmp slt i64 %o, %count
  br i1 %moreo, label %taken, label %done
taken:
  %foundp = getelementptr i64, ptr %found, i64 %o
  %place = load i64, ptr %foundp, align 8
  %resultp = getelementptr VECTOR, ptr %S, i64 %place
  %result = load VECTOR, ptr %resultp, align ALIGN
  %orow = mul i64 %o, %draws
  %to = add i64 %orow, %draw
  %outp = getelementptr double, ptr %O, i64 %to
  store VECTOR %result, ptr %outp, align 8
  %o1 = add i64 %o, 1
  br label %take
done:
  %following = add i64 %draw, LANES
  br label %next
end:
  ret void
}
"""


def driver(text: Text, calls: Iterable[str]) -> None:
    """Write `run`: for each vector of draws put its numbers into their cells, follow the passes, take the outputs.

    Its parameters: memory, table, numbers (rows x draws), outputs (rows x draws), the first draw and the one after the last, the
    length of a row; the cells and which number each takes, how many; the places of the outputs, how many.
    """
    said = "\n".join(f"  call void @{name}(ptr %S, ptr %T)" for name in calls)
    text.append(
        _DRIVER.replace("CALLS", said).replace("VECTOR", text.vector).replace("LANES", str(text.lanes)).replace("ALIGN", str(text.align))
    )


def periods(text: Text) -> None:
    """Write `periods`: for each month the first month of which `by` says the same, and whether all draws agree in every month.

    `starts` lists the months in which `by` changes for any draw: only there may another period begin, or one go on after a break.
    """
    text.begin("periods", "%by", "%result", "%agree", "%starts", "%months")
    for place in ("%result", "%starts"):
        text.store(place, text.constant(0.0))
    one = text.constant(1.0)
    together, listed = text.variable(one), text.variable(one)
    first = text.variable(one)
    with text.loop("1", "%months") as month:
        before, itself = text.whole("-", month, "1"), text.whole_as_vector(month)
        said = text.load(text.whole("+", "%by", month))
        same = text.compare("=", said, text.load(text.whole("+", "%by", before)))
        text.put(first, text.choose(same, text.load(text.whole("+", "%result", before)), itself))
        with text.only_if(text.neither(text.all_of(same))):
            count = text.whole_of_first(text.get(listed))
            with text.loop("0", count) as back:
                start = text.load(text.whole("-", text.whole("+", "%starts", text.whole("-", count, back)), "1"))
                alike = text.compare("=", said, text.load(text.whole("+", "%by", text.whole_of_first(start))))
                text.put(first, text.choose(alike, start, text.get(first)))
            text.store(text.whole("+", "%starts", count), itself)
            text.put(listed, text.arithmetic("+", text.get(listed), one))
        found = text.get(first)
        text.store(text.whole("+", "%result", month), found)
        agreed = text.compare("=", found, text.whole_as_vector(text.whole_of_first(found)))
        text.put(together, text.arithmetic("*", text.get(together), text.as_number(agreed)))
    text.store("%agree", text.get(together))
    text.end()


def over_period(text: Text) -> None:
    """Write `over_period`: the sum over all months of each month's period. Where all draws agree on the periods, without gathering."""
    text.begin("over_period", "%of", "%periods", "%agree", "%result", "%months")
    agreed = text.all_of(text.compare("=", text.load("%agree"), text.constant(1.0)))
    with text.loop("0", "%months") as month:
        text.store(text.whole("+", "%result", month), text.constant(0.0))
    with text.only_if(agreed):
        with text.loop("0", "%months") as month:
            first = text.whole("+", "%result", text.whole_of_first(text.load(text.whole("+", "%periods", month))))
            text.store(first, text.arithmetic("+", text.load(first), text.load(text.whole("+", "%of", month))))
        with text.loop("0", "%months") as month:
            first = text.whole_of_first(text.load(text.whole("+", "%periods", month)))
            text.store(text.whole("+", "%result", month), text.load(text.whole("+", "%result", first)))
    with text.only_if(text.neither(agreed)):
        with text.loop("0", "%months") as month:
            first = text.load(text.whole("+", "%periods", month))
            total = text.arithmetic("+", text.gather("%result", first), text.load(text.whole("+", "%of", month)))
            text.scatter("%result", first, total)
        with text.loop("0", "%months") as month:
            first = text.load(text.whole("+", "%periods", month))
            text.store(text.whole("+", "%result", month), text.gather("%result", first))
    text.end()
