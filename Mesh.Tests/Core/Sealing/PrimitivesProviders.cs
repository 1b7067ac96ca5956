using Mesh.Core.Sealing;

namespace Mesh.Tests.Core.Sealing;

/// <summary>The provider of this build's stack, which every contract test of the primitives runs against.</summary>
internal static class PrimitivesProviders
{
    /// <summary>Its name, as the argument of test fixtures: the library without the version.</summary>
    public static IEnumerable<string> Names => [PrimitivesProvider.Load().Name.Split(' ')[0]];

    /// <summary>The provider by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>The provider.</returns>
    public static IPrimitives Get(string name) => Names.Contains(name)
        ? PrimitivesProvider.Load()
        : throw new ArgumentOutOfRangeException(nameof(name));
}
