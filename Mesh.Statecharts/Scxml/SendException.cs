namespace Mesh.Statecharts.Scxml;

/// <summary>A send cannot be made as it is written.</summary>
internal sealed class SendException(string message, string? sendId) : Exception(message)
{
    /// <summary>The id of the send, if it has one.</summary>
    public string? SendId => sendId;
}
