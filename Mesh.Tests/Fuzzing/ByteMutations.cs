using System.Text;

namespace Mesh.Tests.Fuzzing;

/// <summary>Mutations that know nothing of what the bytes mean.</summary>
internal static class ByteMutations
{
    private const int MaxFilling = 80_000;

    private static readonly byte[] Interesting = [0x00, 0x01, 0x7f, 0x80, 0xc0, 0xff, (byte)'\n', (byte)'"', (byte)'/'];

    /// <summary>Changes one place.</summary>
    /// <param name="bytes">The input; changed.</param>
    /// <param name="donor">Another input, to be spliced in.</param>
    /// <param name="words">Texts to be put in; may be none.</param>
    /// <param name="random">Decides.</param>
    public static void Mutate(
        List<byte> bytes, ReadOnlySpan<byte> donor, IReadOnlyList<string> words, Random random)
    {
        if (words.Count > 0 && random.Next(3) == 0)
        {
            bytes.InsertRange(random.Next(bytes.Count + 1), Encoding.UTF8.GetBytes(words[random.Next(words.Count)]));
            return;
        }

        if (bytes.Count == 0)
        {
            bytes.Add((byte)random.Next(256));
            return;
        }

        var at = random.Next(bytes.Count);
        switch (random.Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes[at] = Interesting[random.Next(Interesting.Length)];
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                bytes.RemoveRange(at, random.Next(1, Math.Min(17, bytes.Count - at + 1)));
                break;
            case 5:
                var length = random.Next(1, Math.Min(65, bytes.Count - at + 1));
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 6:
                var from = random.Next(donor.Length + 1);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(donor[from..]);
                break;
            case 7:
                bytes.Insert(at, (byte)random.Next(256));
                break;
            default:
                Fill(bytes, at, random);
                break;
        }
    }

    // Much of the same, beyond what any limit lets through.
    private static void Fill(List<byte> bytes, int at, Random random)
    {
        var length = random.Next(50) == 0 ? random.Next(MaxFilling) : random.Next(1, 40);
        var filling = new byte[length];
        Array.Fill(filling, bytes[at]);
        bytes.InsertRange(at, filling);
    }
}
