namespace Mesh.Core.Wire.MessagePack;

/// <summary>The first bytes of the MessagePack forms that MESH/1 uses (msgpack specification, "Formats").</summary>
internal static class MessageFormat
{
    /// <summary>The largest value of the one-byte form of an unsigned integer.</summary>
    public const byte MaxPositiveFixInt = 0x7F;

    /// <summary>The smallest value of the one-byte form of a negative integer.</summary>
    public const sbyte MinNegativeFixInt = -32;

    public const byte FixArray = 0x90;
    public const byte FixString = 0xA0;
    public const byte Nil = 0xC0;
    public const byte False = 0xC2;
    public const byte True = 0xC3;
    public const byte Binary8 = 0xC4;
    public const byte Binary16 = 0xC5;
    public const byte Binary32 = 0xC6;
    public const byte Float64 = 0xCB;
    public const byte UInt8 = 0xCC;
    public const byte UInt16 = 0xCD;
    public const byte UInt32 = 0xCE;
    public const byte UInt64 = 0xCF;
    public const byte Int8 = 0xD0;
    public const byte Int16 = 0xD1;
    public const byte Int32 = 0xD2;
    public const byte Int64 = 0xD3;
    public const byte String8 = 0xD9;
    public const byte String16 = 0xDA;
    public const byte String32 = 0xDB;
    public const byte Array16 = 0xDC;
    public const byte Array32 = 0xDD;
    public const byte NegativeFixInt = 0xE0;

    /// <summary>The greatest count that fits the one-byte form of an array header.</summary>
    public const int MaxFixArray = 15;

    /// <summary>The greatest length, in bytes, that fits the one-byte form of a string header.</summary>
    public const int MaxFixString = 31;

    /// <summary>The longest header or number: one byte of format and eight of value.</summary>
    public const int MaxNumberBytes = 9;
}
