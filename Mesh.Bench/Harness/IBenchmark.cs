namespace Mesh.Bench.Harness;

/// <summary>
/// One topic of the table: measures a few things and gives a row for each. A class that implements it and has a
/// constructor without parameters is found by itself.
/// </summary>
internal interface IBenchmark
{
    /// <summary>The word that chooses it on the command line.</summary>
    string Name { get; }

    /// <summary>Where its rows stand: lower numbers first.</summary>
    int Order { get; }

    /// <summary>Measures.</summary>
    /// <param name="context">Where progress goes, and how often to measure.</param>
    /// <returns>The rows, each as soon as it is known.</returns>
    IEnumerable<BenchRow> Run(BenchContext context);
}
