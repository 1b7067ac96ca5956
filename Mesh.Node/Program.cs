namespace Mesh.Node;

/// <summary>The <c>meshnode</c> program: the command tree and the exit codes.</summary>
internal static class Program
{
    private static int Main() => 0;
}
