using System.Collections.Concurrent;
using Mesh.Statecharts;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>One signal for each name, shared by all bound charts.</summary>
internal static class SpecSignals
{
    private static readonly ConcurrentDictionary<string, Signal> Known = new();

    /// <summary>The signal of a name.</summary>
    public static Signal Of(string name) => Known.GetOrAdd(name, each => new Signal(each));
}
