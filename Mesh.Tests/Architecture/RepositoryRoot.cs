namespace Mesh.Tests.Architecture;

/// <summary>Finds the checkout that the tests were built from.</summary>
internal static class RepositoryRoot
{
    /// <summary>The folder that holds <c>Mesh.slnx</c>, walking up from the test assembly.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Mesh.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Mesh.slnx above {AppContext.BaseDirectory}");
    }
}
