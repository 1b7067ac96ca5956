namespace Mesh.Tests.Fuzzing;

/// <summary>A parser that is bad on purpose, to show that the fuzzer finds it.</summary>
/// <param name="fault">What is bad about it.</param>
internal sealed class BadTarget(BadFault fault) : IFuzzTarget
{
    private const byte Version = 1;
    private const int LengthOffset = 1;
    private const int MinBytes = 5;
    private const int HugeBytes = 4 * 1024 * 1024;
    private const int SlowRounds = 40_000_000;

    private byte[] _input = [];
    private byte[] _read = [];
    private uint _sum;

    public string Name => "bad";

    // [version, bin 32 with its length]: the only form that it knows.
    public IReadOnlyList<byte[]> MakeCorpus(Random random) => [[0x92, Version, 0xc4, 3, 7, 8, 9]];

    public void Prepare(byte[] input) => _input = input;

    public void Run()
    {
        if (_input.Length < MinBytes || _input[0] != 0x92 || _input[LengthOffset] != Version)
        {
            return;
        }

        var length = _input[2] switch
        {
            0xc4 => _input[3],
            0xc6 or 0xdb => HugeBytes,
            _ => 0,
        };
        switch (fault)
        {
            case BadFault.Throws when _input[2] == 0xc4:
                _read = _input[4..(4 + length)];
                break;
            case BadFault.Allocates:
                _read = new byte[length];
                break;
            case BadFault.Spins when length == HugeBytes:
                _sum = Spin(_sum);
                break;
        }
    }

    public string? Check() => fault == BadFault.Lies && _input.Length > 6 && _input[^1] != 9 ? "it lost the end" : null;

    public void Dispose() => _read = [];

    private static uint Spin(uint sum)
    {
        for (var round = 0; round < SlowRounds; round++)
        {
            sum = (sum * 31) + (uint)round;
        }

        return sum;
    }
}
