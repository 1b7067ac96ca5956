namespace Mesh.Tests.Fuzzing;

/// <summary>
/// One parser or state machine that takes bytes from outside, fuzzed through the door that it really has.
/// </summary>
/// <remarks>
/// <code>
/// MakeCorpus ─▶ mutated ─▶ Prepare ─▶ Run ─▶ Check
///                          (free)   (measured) (free)
/// </code>
/// <see cref="Prepare"/> begins anew each time, so that an input does the same alone as after a million others.
/// </remarks>
internal interface IFuzzTarget : IDisposable
{
    /// <summary>What the command line and the file of regressions call it.</summary>
    string Name { get; }

    /// <summary>How many bytes before the input proper choose a state or a way; mutated now and then only.</summary>
    int SelectorBytes => 0;

    /// <summary>What is put into inputs that are text; none when they are MessagePack.</summary>
    IReadOnlyList<string> Words => [];

    /// <summary>What may be allocated for each byte of the input, beside <see cref="FuzzLimits.FixedBytes"/>.</summary>
    int BytesPerInputByte => FuzzLimits.BytesPerInputByte;

    /// <summary>Valid inputs, made by the real encoders.</summary>
    /// <param name="random">Equal seeds give equal inputs.</param>
    IReadOnlyList<byte[]> MakeCorpus(Random random);

    /// <summary>Brings the target into the state that the input is for. Not measured.</summary>
    /// <param name="input">Any bytes.</param>
    void Prepare(byte[] input);

    /// <summary>Takes the input that was prepared. Measured; an exception that leaves it is a finding.</summary>
    void Run();

    /// <summary>Looks what became of it. Not measured.</summary>
    /// <returns>What is wrong: a broken promise, or a machine that does not go on. Else null.</returns>
    string? Check();
}
