using System.Globalization;
using System.Runtime.InteropServices;
using Mesh.Core;

namespace Mesh.Bench.Harness;

/// <summary>The machine that was measured on: numbers mean little without it.</summary>
internal sealed record MachineFacts
{
    /// <summary>Model of the processor.</summary>
    public required string Processor { get; init; }

    /// <summary>Cores that this process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Operating system.</summary>
    public required string System { get; init; }

    /// <summary>The .NET runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>The ZeroMQ provider.</summary>
    public required string Transport { get; init; }

    /// <summary>The provider of the primitives.</summary>
    public required string Primitives { get; init; }

    /// <summary>Load of the last minute before the run: what else the machine had to do. -1 when not known.</summary>
    public required double Load { get; init; }

    /// <summary>When the run began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Looks.</summary>
    public static MachineFacts Read()
    {
        var (transport, primitives) = new MeshPlatform(TimeProvider.System).DescribeStack();
        return new MachineFacts
        {
            Processor = ReadProcessor(),
            Cores = Environment.ProcessorCount,
            System = RuntimeInformation.OSDescription,
            Runtime = RuntimeInformation.FrameworkDescription,
            Transport = transport,
            Primitives = primitives,
            Load = ReadLoad(),
            StartedAt = TimeProvider.System.GetUtcNow(),
        };
    }

    /// <summary>One line for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor}, {Cores} cores, {System}, {Runtime}, {Transport}, {Primitives}, load {Load:0.0}, "
        + $"{StartedAt:yyyy-MM-dd HH:mm} UTC");

    private static string ReadProcessor()
    {
        const string Info = "/proc/cpuinfo";
        var line = File.Exists(Info)
            ? File.ReadLines(Info).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static double ReadLoad()
    {
        const string Average = "/proc/loadavg";
        return File.Exists(Average)
            ? double.Parse(File.ReadAllText(Average).Split(' ')[0], CultureInfo.InvariantCulture)
            : -1;
    }
}
