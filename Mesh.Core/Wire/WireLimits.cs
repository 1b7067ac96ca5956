namespace Mesh.Core.Wire;

/// <summary>The limits of MESH/1, each checked before anything is allocated for what it bounds.</summary>
/// <remarks>Sizes end in <c>Bytes</c>, counts in what they count. Source: docs/wire-format.md.</remarks>
internal static class WireLimits
{
    /// <summary>The version of the protocol that this code speaks, least and greatest.</summary>
    public const byte Version = 1;

    /// <summary>Deepest nesting of arrays in a message, the message itself included.</summary>
    public const int MaxDepth = 8;

    /// <summary>Longest name of a mesh, in bytes of UTF-8.</summary>
    public const int MaxMeshNameBytes = 128;

    /// <summary>Greatest beacon datagram, in bytes.</summary>
    public const int MaxBeaconBytes = 480;

    /// <summary>Greatest message before a session stands (Init, Resp, Fin, Nack), in bytes.</summary>
    public const int MaxPreSessionMessageBytes = 2 * 1024;

    /// <summary>Greatest plaintext of a session message, in bytes.</summary>
    public const int MaxSessionMessageBytes = 64 * 1024;

    /// <summary>Greatest Sealed, in bytes: a session message, the tag of its seal and the forms around it.</summary>
    public const int MaxSealedMessageBytes = MaxSessionMessageBytes + 32;

    /// <summary>Greatest piece of a CHUNK, in bytes.</summary>
    public const int MaxChunkBytes = 32 * 1024;

    /// <summary>Greatest whole that chunks may build, in bytes: a definition or a snapshot.</summary>
    public const int MaxChunkedBytes = 16 * 1024 * 1024;

    /// <summary>Bulk plaintext that may be under way without a CREDIT, in bytes.</summary>
    public const int MaxUnacknowledgedBulkBytes = 256 * 1024;

    /// <summary>Greatest frame, in bytes.</summary>
    public const int MaxFrameBytes = 60_000;

    /// <summary>Greatest plaintext of a frame, in bytes: a frame less header, tag, signature and their forms.</summary>
    public const int MaxFramePlaintextBytes = MaxFrameBytes - 160;

    /// <summary>Plaintext at which a frame is flushed, in bytes.</summary>
    public const int FlushFramePlaintextBytes = 48 * 1024;

    /// <summary>Most records of a frame.</summary>
    public const int MaxFrameRecords = 8_192;

    /// <summary>Greatest record, in bytes.</summary>
    public const int MaxRecordBytes = 32 * 1024;

    /// <summary>Greatest notes of a step, in bytes.</summary>
    public const int MaxNotesBytes = 8 * 1024;

    /// <summary>Greatest name of a node, in bytes of UTF-8.</summary>
    public const int MaxNodeNameBytes = 64;

    /// <summary>Greatest name or trace name of a chart, in bytes of UTF-8.</summary>
    public const int MaxChartNameBytes = 128;

    /// <summary>Greatest text of a refusal, an error or a Name record, in bytes of UTF-8.</summary>
    public const int MaxTextBytes = 256;

    /// <summary>Greatest canonical definition of a chart, in bytes.</summary>
    public const int MaxDefinitionBytes = 256 * 1024;

    /// <summary>Most states of a definition.</summary>
    public const int MaxDefinitionStates = 4_096;

    /// <summary>Deepest nesting of the states of a definition.</summary>
    public const int MaxDefinitionDepth = 64;

    /// <summary>Most endpoints in a beacon.</summary>
    public const int MaxBeaconEndpoints = 4;

    /// <summary>Most endpoints in an invite code.</summary>
    public const int MaxInviteEndpoints = 2;

    /// <summary>Most lanes that a peer is granted, and so most heads in a PING.</summary>
    public const int MaxGrantedLanes = 64;

    /// <summary>Most lanes that one LANES lists, old incarnations included.</summary>
    public const int MaxListedLanes = 1_024;

    /// <summary>Most charts in a snapshot.</summary>
    public const int MaxSnapshotCharts = 65_536;

    /// <summary>Most names of one chart in a snapshot.</summary>
    public const int MaxSnapshotNames = 4_096;

    /// <summary>Most sessions of a node.</summary>
    public const int MaxSessions = 1_024;

    /// <summary>Most handshakes under way.</summary>
    public const int MaxHalfOpenHandshakes = 64;

    /// <summary>Most strangers who wait for a decision, in memory only.</summary>
    public const int MaxPendingPeers = 32;

    /// <summary>Most guest sessions of one node id.</summary>
    public const int MaxGuestsPerNode = 16;

    /// <summary>Most peers in the trust store.</summary>
    public const int MaxKnownPeers = 4_096;

    /// <summary>Most node ids that beacons showed and that are remembered.</summary>
    public const int MaxSeenPeers = 16_384;

    /// <summary>Outbound queue of a session, in bytes.</summary>
    public const int MaxSessionQueueBytes = 8 * 1024 * 1024;

    /// <summary>Frames held for an order or a key that is still missing, per lane, in bytes.</summary>
    public const int MaxReorderHoldBytes = 8 * 1024 * 1024;

    /// <summary>Most ranges of FETCH outstanding in a session.</summary>
    public const int MaxOutstandingFetches = 64;
}
