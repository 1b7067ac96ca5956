using Mesh.Statecharts.Hosting;

namespace Mesh.Node.Samples;

/// <summary>A running sample, with what it takes to end it.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Chart">The chart, started.</param>
/// <param name="Ending">Ends the chart and what drives it.</param>
internal sealed record SampleChart(string Name, IHostedChart Chart, IAsyncDisposable Ending);
