using Mesh.Statecharts;

namespace Mesh.Bench.Dispatch;

/// <summary>Samek's test chart: four levels, every topology, with a handler for each entry, exit and init.</summary>
/// <remarks>
/// <code>
/// s (init s11) ── s1 (init s11) ── s11
///             └── s2 (init s211) ── s21 (init s211) ── s211
/// </code>
/// Miro Samek, Practical UML Statecharts in C/C++, 2nd edition, figure 2.11.
/// </remarks>
internal static class ClassicChart
{
    /// <summary>The signals A to I, and one that nobody reacts to.</summary>
    public static readonly Signal[] Signals = [.. "ABCDEFGHIZ".Select(name => new Signal($"{name}"))];

    /// <summary>A walk of 21 events through all of the chart.</summary>
    public static readonly int[] Walk = [.. "ABDEIFIIFABDDEGHHCGCC".Select(name => name - 'A')];

    public static Chart<ClassicCounter> Define() => Chart.Define<ClassicCounter>("classic", c =>
    {
        var (a, b, cc, d, e, f, g, h, i) = (
            Signals[0], Signals[1], Signals[2], Signals[3], Signals[4], Signals[5], Signals[6], Signals[7], Signals[8]);
        c.Start("s2");
        var s = c.State("s").Entry(o => o.Sum += 1).Exit(o => o.Sum += 2).Init("s11", o => o.Sum += 3);
        s.On(i).When(o => o.Foo).Do(o => o.Foo = false).Handled().On(e).Goto("s11");

        c.State("elsewhere").On(Signals[9]).Handled();

        var s1 = s.State("s1").Entry(o => o.Sum += 4).Exit(o => o.Sum += 5).Init("s11", o => o.Sum += 6);
        s1.On(i).Do(o => o.Sum += 7).Handled().On(d).When(o => !o.Foo).Do(o => o.Foo = true).Goto("s")
            .On(a).Goto("s1").On(b).Goto("s11").On(cc).Goto("s2").On(f).Goto("s211");

        s1.State("s11").Entry(o => o.Sum += 8).Exit(o => o.Sum += 9)
            .On(d).When(o => o.Foo).Do(o => o.Foo = false).Goto("s1").On(g).Goto("s211").On(h).Goto("s");

        var s2 = s.State("s2").Entry(o => o.Sum += 10).Exit(o => o.Sum += 11).Init("s211", o => o.Sum += 12);
        s2.On(i).When(o => !o.Foo).Do(o => o.Foo = true).Handled().On(cc).Goto("s1").On(f).Goto("s11");

        var s21 = s2.State("s21").Entry(o => o.Sum += 13).Exit(o => o.Sum += 14);
        s21.Init("s211", o => o.Sum += 15).On(a).Goto("s21").On(b).Goto("s211").On(g).Goto("s1");
        s21.State("s211").Entry(o => o.Sum += 16).Exit(o => o.Sum += 17).On(d).Goto("s21").On(h).Goto("s");
    });
}
