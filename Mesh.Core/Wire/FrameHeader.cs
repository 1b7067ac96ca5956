using System.Buffers.Binary;

namespace Mesh.Core.Wire;

/// <summary>What stands in the clear in front of every sealed frame, and is signed with it.</summary>
/// <remarks>
/// <code>
/// offset  size  field
///      0     1  format         (1)
///      1     2  lane           (u16)
///      3     8  incarnation    (u64)
///     11     4  epoch          (u32)
///     15     8  frame number   (u64: 1, 2, 3 ...)
///     23     8  first record   (u64, 1 for the first of the lane)
///     31     4  record count   (u32, 1 to 8,192)
///     35    16  key id         (commits to the epoch key)
///     51    16  salt           (random)
/// </code>
/// All big endian; docs/wire-format.md §7.
/// </remarks>
internal readonly record struct FrameHeader
{
    /// <summary>Encoded size, in bytes.</summary>
    public const int SizeBytes = 67;

    /// <summary>The only format there is.</summary>
    public const byte Format = 1;

    private const int LaneOffset = 1;
    private const int IncarnationOffset = 3;
    private const int EpochOffset = 11;
    private const int FrameNumberOffset = 15;
    private const int FirstRecordOffset = 23;
    private const int RecordCountOffset = 31;
    private const int KeyIdOffset = 35;
    private const int SaltOffset = 51;

    /// <summary>The lane within the incarnation.</summary>
    public required ushort Lane { get; init; }

    /// <summary>The run of the publisher.</summary>
    public required ulong Incarnation { get; init; }

    /// <summary>Which key of the lane.</summary>
    public required uint Epoch { get; init; }

    /// <summary>The frame's place in the lane, from 1.</summary>
    public required ulong FrameNumber { get; init; }

    /// <summary>The place of its first record in the lane, from 1.</summary>
    public required ulong FirstRecord { get; init; }

    /// <summary>How many records it holds, 1 to 8,192.</summary>
    public required uint RecordCount { get; init; }

    /// <summary>The id of the epoch key; set by whoever seals.</summary>
    public UInt128 KeyId { get; init; }

    /// <summary>The random part of the nonce; set by whoever seals.</summary>
    public UInt128 Salt { get; init; }

    /// <summary>The last record it holds.</summary>
    public ulong LastRecord => FirstRecord + RecordCount - 1;

    // A lane ends before its numbers do, so that the next number always exists.
    private bool IsValid =>
        FrameNumber is > 0 and < ulong.MaxValue
        && RecordCount is > 0 and <= WireLimits.MaxFrameRecords
        && FirstRecord is > 0 and <= ulong.MaxValue - WireLimits.MaxFrameRecords;

    /// <summary>Reads a header from untrusted bytes.</summary>
    /// <param name="source">Any length.</param>
    /// <param name="header">The header, when the method returns <see langword="true"/>.</param>
    /// <returns>
    /// <see langword="false"/> when the length is not 67, the format not 1, or a number outside its range.
    /// </returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out FrameHeader header)
    {
        header = default;
        if (source.Length != SizeBytes || source[0] != Format)
        {
            return false;
        }

        var read = new FrameHeader
        {
            Lane = BinaryPrimitives.ReadUInt16BigEndian(source[LaneOffset..]),
            Incarnation = BinaryPrimitives.ReadUInt64BigEndian(source[IncarnationOffset..]),
            Epoch = BinaryPrimitives.ReadUInt32BigEndian(source[EpochOffset..]),
            FrameNumber = BinaryPrimitives.ReadUInt64BigEndian(source[FrameNumberOffset..]),
            FirstRecord = BinaryPrimitives.ReadUInt64BigEndian(source[FirstRecordOffset..]),
            RecordCount = BinaryPrimitives.ReadUInt32BigEndian(source[RecordCountOffset..]),
            KeyId = BinaryPrimitives.ReadUInt128BigEndian(source[KeyIdOffset..]),
            Salt = BinaryPrimitives.ReadUInt128BigEndian(source[SaltOffset..]),
        };

        if (!read.IsValid)
        {
            return false;
        }

        header = read;
        return true;
    }

    /// <summary>Writes the header.</summary>
    /// <param name="destination">At least 67 bytes.</param>
    /// <exception cref="ArgumentException">There is no room, or a number is outside its range.</exception>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < SizeBytes || !IsValid)
        {
            throw new ArgumentException("The header is not valid, or has no room.", nameof(destination));
        }

        destination[0] = Format;
        BinaryPrimitives.WriteUInt16BigEndian(destination[LaneOffset..], Lane);
        BinaryPrimitives.WriteUInt64BigEndian(destination[IncarnationOffset..], Incarnation);
        BinaryPrimitives.WriteUInt32BigEndian(destination[EpochOffset..], Epoch);
        BinaryPrimitives.WriteUInt64BigEndian(destination[FrameNumberOffset..], FrameNumber);
        BinaryPrimitives.WriteUInt64BigEndian(destination[FirstRecordOffset..], FirstRecord);
        BinaryPrimitives.WriteUInt32BigEndian(destination[RecordCountOffset..], RecordCount);
        BinaryPrimitives.WriteUInt128BigEndian(destination[KeyIdOffset..], KeyId);
        BinaryPrimitives.WriteUInt128BigEndian(destination[SaltOffset..], Salt);
    }
}
