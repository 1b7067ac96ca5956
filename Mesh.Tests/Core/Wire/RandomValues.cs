namespace Mesh.Tests.Core.Wire;

/// <summary>Random values that are often the ones at which encodings change.</summary>
internal static class RandomValues
{
    private static readonly string[] Letters = ["a", "é", "→", "🙂", "\0", "\u202E", " "];

    /// <summary>A number up to a limit: any width of it is as likely as any other.</summary>
    public static ulong NextNumber(this Random random, ulong max)
    {
        var bits = random.Next(65);
        var value = bits == 0 ? 0 : (ulong)random.NextInt64() << 1 | (uint)random.Next(2);
        value = bits == 0 ? 0 : value >> (64 - bits);
        return max == ulong.MaxValue ? value : value % (max + 1);
    }

    public static byte NextUInt8(this Random random) => (byte)random.NextNumber(byte.MaxValue);

    public static ushort NextUInt16(this Random random) => (ushort)random.NextNumber(ushort.MaxValue);

    public static uint NextUInt32(this Random random) => (uint)random.NextNumber(uint.MaxValue);

    public static ulong NextUInt64(this Random random) => random.NextNumber(ulong.MaxValue);

    public static long NextSigned(this Random random)
    {
        var value = (long)random.NextNumber(ulong.MaxValue);
        return random.Next(2) == 0 ? value : ~value;
    }

    public static byte[] NextBlob(this Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Text of at most so many bytes of UTF-8, quite often of exactly as many.</summary>
    public static string NextText(this Random random, int maxBytes)
    {
        var text = string.Empty;
        var target = random.Next(4) == 0 ? maxBytes : random.Next(maxBytes + 1);
        var length = 0;
        while (length < target)
        {
            var letter = Letters[random.Next(Letters.Length)];
            letter = length + System.Text.Encoding.UTF8.GetByteCount(letter) <= target ? letter : "b";
            text += letter;
            length += System.Text.Encoding.UTF8.GetByteCount(letter);
        }

        return text;
    }
}
