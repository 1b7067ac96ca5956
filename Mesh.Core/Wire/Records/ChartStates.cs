namespace Mesh.Core.Wire.Records;

/// <summary>What an instance of a chart is beside its state (docs/wire-format.md §8).</summary>
[Flags]
internal enum ChartStates : byte
{
    None = 0,

    /// <summary>A handler threw; it takes no more events.</summary>
    Faulted = 1,

    /// <summary>It was stopped or its host failed.</summary>
    Ended = 2,
}
