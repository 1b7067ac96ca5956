namespace Mesh.Core.Wire.Beacons;

/// <summary>What a beacon says beside who and where (docs/wire-format.md §3). Unknown bits mean nothing.</summary>
[Flags]
internal enum BeaconFlags : uint
{
    None = 0,

    /// <summary>The sender asks for answers.</summary>
    Seek = 1,

    /// <summary>It is an answer.</summary>
    Answer = 2,

    /// <summary>The sender accepts strangers at the moment.</summary>
    AcceptsStrangers = 4,
}
