namespace Mesh.Core.Wire.Records;

/// <summary>Why an instance of a chart ended (docs/wire-format.md §8). Unknown ones are passed on.</summary>
internal enum EndReason : byte
{
    Stopped = 0,

    /// <summary>What hosted the chart failed.</summary>
    FaultedHost = 1,
}
