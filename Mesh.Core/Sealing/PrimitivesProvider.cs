namespace Mesh.Core.Sealing;

/// <summary>Loads the provider of the primitives that this build was made with.</summary>
/// <remarks>The project file names it <c>StackPrimitives</c>.</remarks>
internal static class PrimitivesProvider
{
    /// <summary>Loads the library, once per process, and checks it.</summary>
    /// <returns>The provider; the same object each time.</returns>
    /// <exception cref="MeshException">The library is not installed or does not start.</exception>
    public static IPrimitives Load() => StackPrimitives.Load();
}
