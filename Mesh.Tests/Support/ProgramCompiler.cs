using System.Diagnostics;
using NUnit.Framework;

namespace Mesh.Tests.Support;

/// <summary>Compiles a program against the libraries, as somebody does who embeds them.</summary>
internal static class ProgramCompiler
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="{0}Mesh.Core.dll" />
            <Reference Include="{0}Mesh.Statecharts.dll" />
            <Reference Include="{0}Microsoft.Extensions.Logging.Abstractions.dll" />
            <None Include="{0}runtimes/$(NETCoreSdkPortableRuntimeIdentifier)/native/*" Link="%(Filename)%(Extension)"
                  CopyToOutputDirectory="PreserveNewest" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>Compiles a program; the test fails when that fails.</summary>
    /// <param name="folders">Where to.</param>
    /// <param name="name">What the program is called.</param>
    /// <param name="files">Its files: name and text.</param>
    /// <returns>The path of the program, for <c>dotnet</c>.</returns>
    public static string Compile(TemporaryFolder folders, string name, params (string Name, string Text)[] files)
    {
        var project = folders[$"{name}.csproj"];
        var beside = AppContext.BaseDirectory.TrimEnd('/') + "/";
        File.WriteAllText(project, Project.Replace("{0}", beside, StringComparison.Ordinal));
        foreach (var (file, text) in files)
        {
            File.WriteAllText(folders[file], text);
        }

        var output = Run("build", project, "-c", "Release", "-v", "q", "-o", folders["out"]);
        Assert.That(output.ExitCode, Is.Zero, output.Text);
        return Path.Combine(folders["out"], $"{name}.dll");
    }

    /// <summary>Runs <c>dotnet</c> in the root of the repository to its end.</summary>
    public static (int ExitCode, string Text) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Architecture.RepositoryRoot.Path,
        };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text);
    }
}
