using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using Mesh.Core;
using Mesh.Node.Output;

namespace Mesh.Node.Commands;

/// <summary><c>meshnode version</c>: what runs here, for people and for reports.</summary>
internal static class VersionCommand
{
    private const int ProtocolVersion = 1;

    /// <summary>The version of the program, as in <c>0.1.0</c>.</summary>
    public static string Version => Informational().Split('+')[0];

    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("version", "Print the versions of program, runtime, protocol and libraries.")
        {
            new OutputOption(OutputFormat.Text, OutputFormat.Json),
        };
        command.SetAction(_ => (int)Run(context));
        return command;
    }

    private static ExitCode Run(CommandContext context)
    {
        var output = context.Output;
        var (transport, primitives) = Stack(context.Services.Time);
        if (output.IsJson)
        {
            output.WriteJson("mesh.version/1", json =>
            {
                json.WriteString("version", Version);
                json.WriteString("commit", Commit());
                json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
                json.WriteString("platform", RuntimeInformation.RuntimeIdentifier);
                json.WriteNumber("protocol", ProtocolVersion);
                json.WriteString("stack", MeshLibraries.StackName);
                json.WriteString("transport", transport);
                json.WriteString("primitives", primitives);
                json.WriteString("messagePack", MeshLibraries.MessagePack);
            });
        }
        else
        {
            output.WriteLine($"meshnode {Version}");
            output.WriteLine($"commit    {Commit() ?? "unknown"}");
            output.WriteLine($"runtime   {RuntimeInformation.FrameworkDescription}");
            output.WriteLine($"platform  {RuntimeInformation.RuntimeIdentifier}");
            output.WriteLine($"protocol  mesh/{ProtocolVersion}");
            output.WriteLine(
                $"stack     {MeshLibraries.StackName}: {transport}, {primitives}, {MeshLibraries.MessagePack}");
        }

        return ExitCode.Ok;
    }

    // A machine that lacks a library still has a version, and says what it lacks.
    private static (string Transport, string Primitives) Stack(TimeProvider time)
    {
        try
        {
            return new MeshPlatform(time).DescribeStack();
        }
        catch (MeshException fault)
        {
            return ($"missing ({fault.Message})", "unknown");
        }
    }

    // The build appends the commit to the version when it runs in a checkout.
    private static string? Commit() => Informational().Split('+') is [_, var commit] ? commit : null;

    private static string Informational() =>
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion;
}
