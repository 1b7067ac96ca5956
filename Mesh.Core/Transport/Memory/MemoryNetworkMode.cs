namespace Mesh.Core.Transport.Memory;

/// <summary>Who drives an in-memory network.</summary>
public enum MemoryNetworkMode
{
    /// <summary>
    /// One thread runs everything: a poll looks and never waits, and time stands still between calls of
    /// <see cref="MemoryNetwork.AdvanceTo"/>. Equal seeds and equal calls give equal runs.
    /// </summary>
    Stepped,

    /// <summary>One thread for each node: a poll waits in real time until something is readable.</summary>
    Threaded,
}
