using System.Text;

namespace Mesh.Node.Hosting;

/// <summary>Builds the services of the real process.</summary>
internal static class SystemServices
{
    /// <summary>Starts to listen for the signals that end the process.</summary>
    /// <returns>The listener, owned by the caller.</returns>
    public static StopSignals ListenForSignals() => new(TimeProvider.System);

    /// <summary>Takes streams, clock and environment from the process.</summary>
    /// <param name="stopToken">Cancelled when the process is asked to end.</param>
    /// <returns>The services for one run.</returns>
    public static ProgramServices Create(CancellationToken stopToken)
    {
        var columns = Console.IsOutputRedirected ? 0 : Console.WindowWidth;
        if (OperatingSystem.IsWindows() && columns > 0)
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        return new ProgramServices
        {
            Output = StandardOutput.Open(),
            Error = Console.OpenStandardError(),
            Input = Console.OpenStandardInput(),
            Time = TimeProvider.System,
            Environment = Environment.GetEnvironmentVariable,
            HostName = Environment.MachineName,
            OutputColumns = columns,
            InputIsTerminal = !Console.IsInputRedirected,
            StopToken = stopToken,
        };
    }
}
