using Mesh.Node.Watching;

namespace Mesh.Node.Output;

/// <summary>Prints what happens to charts, in one of the forms of <c>-o</c>.</summary>
internal interface INewsPrinter
{
    /// <summary>What comes before everything.</summary>
    void Begin();

    /// <summary>One piece of news.</summary>
    void Print(in ChartNews news);

    /// <summary>What comes after everything.</summary>
    /// <param name="reason">Why it ends: <c>count</c>, <c>time</c> or <c>interrupted</c>.</param>
    /// <param name="steps">Steps that were printed.</param>
    /// <param name="lost">Steps that are known to be missing.</param>
    void End(string reason, long steps, ulong lost);
}
