using Mesh.Core.Sealing;
using Mesh.Core.Sealing.LibSodium;

namespace Mesh.Tests.Core.Sealing;

/// <summary>The providers that every contract test of the primitives runs against.</summary>
internal static class PrimitivesProviders
{
    /// <summary>Their names, as arguments of test fixtures.</summary>
    public static IEnumerable<string> Names => ["LibSodium"];

    /// <summary>A provider by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>The provider.</returns>
    public static IPrimitives Get(string name) => name switch
    {
        "LibSodium" => LibSodiumPrimitives.Load(),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
