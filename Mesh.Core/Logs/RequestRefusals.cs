using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Logs;

/// <summary>How many requests of readers this node's log refused, by reason.</summary>
internal sealed class RequestRefusals
{
    private readonly Dictionary<SessionErrorCode, long> _counts = [];

    /// <summary>How many were refused for a reason.</summary>
    /// <param name="code">The reason.</param>
    public long this[SessionErrorCode code] => _counts.GetValueOrDefault(code);

    /// <summary>Counts one.</summary>
    /// <param name="code">Why it was refused.</param>
    public void Count(SessionErrorCode code) => _counts[code] = this[code] + 1;
}
