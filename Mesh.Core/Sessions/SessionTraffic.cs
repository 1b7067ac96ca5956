namespace Mesh.Core.Sessions;

/// <summary>What went over one session so far.</summary>
internal sealed class SessionTraffic
{
    /// <summary>Messages sealed.</summary>
    public long SentCount { get; set; }

    /// <summary>Their plaintext, in bytes.</summary>
    public long SentBytes { get; set; }

    /// <summary>Messages opened.</summary>
    public long ReceivedCount { get; set; }

    /// <summary>Their plaintext, in bytes.</summary>
    public long ReceivedBytes { get; set; }

    /// <summary>How often the link had no room.</summary>
    public long BlockedCount { get; set; }

    /// <summary>Messages of an unknown type that were answered by an error.</summary>
    public long UnknownCount { get; set; }
}
