namespace Mesh.Node.Charts;

/// <summary>A request of the line runner cannot be done; the message says why.</summary>
internal sealed class RequestException(string message) : Exception(message);
