using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Instrumentation;

public sealed class NoteTests
{
    [Test]
    public void Seal_GivesTheDocumentedBytes()
    {
        var writer = new NoteWriter();
        writer.Add(NoteKind.PostFifo, 3, 300);
        writer.AddScribble(200, "é");
        writer.AddReport(201, Report.Unhandled);
        writer.AddFault(202, 5, "Oops");

        Assert.That(writer.Seal().ToArray(), Is.EqualTo((byte[])
        [
            1, 3, 3, 0xac, 0x02,
            8, 4, 0xc8, 0x01, 0xc3, 0xa9,
            9, 3, 0xc9, 0x01, 2,
            11, 7, 0xca, 0x01, 5, .. "Oops"u8,
        ]).AsCollection);
    }

    [Test]
    public void TryRead_GivesBackWhatWasWritten()
    {
        var writer = new NoteWriter();
        writer.Add(NoteKind.Target, 70_000, 4_095);
        writer.AddScribble(70_000, "");

        var reader = new NoteReader(writer.Seal());
        Assert.That(reader.TryRead(out var target), Is.True);
        var (kind, place) = (target.Kind, target.Place);
        Assert.That(target.TryGetNumber(out var number), Is.True);
        Assert.That(reader.TryRead(out var scribble), Is.True);
        var text = scribble.GetText();
        var more = reader.TryRead(out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((kind, place, number), Is.EqualTo((NoteKind.Target, 70_000, 4_095)));
            Assert.That(text, Is.Empty);
            Assert.That((more, reader.IsMalformed), Is.EqualTo((false, false)));
        }
    }

    [Test]
    public void Seal_KeepsTheLast250AndCountsTheRest_WhenThereAreMore()
    {
        var writer = new NoteWriter();
        writer.Add(NoteKind.Target, 0, 1);
        for (var count = 0; count < 3_000; count++)
        {
            writer.AddScribble(1, $"{count}");
        }

        var kept = TextsOf(writer.Seal());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(writer.DroppedCount, Is.EqualTo(2_750));
            Assert.That(kept, Has.Count.EqualTo(251));
            Assert.That(kept[0], Is.EqualTo("\u0001"), "without its target the step could not be told");
            Assert.That(kept[1..], Is.EqualTo(Enumerable.Range(2_750, 250).Select(each => $"{each}")).AsCollection);
        }
    }

    [Test]
    public void Seal_KeepsTheLast8KiB_WhenNotesAreLong()
    {
        var writer = new NoteWriter();
        for (var count = 0; count < 20; count++)
        {
            writer.AddScribble(count, new string((char)('a' + count), 1_000));
        }

        var sealedNotes = writer.Seal();
        var length = sealedNotes.Length;
        var kept = TextsOf(sealedNotes);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(length, Is.InRange(NoteWriter.MaxBytes - 1_010, NoteWriter.MaxBytes));
            Assert.That(writer.DroppedCount + (uint)kept.Count, Is.EqualTo(20));
            Assert.That(kept[^1], Is.EqualTo(new string('t', 1_000)));
        }
    }

    [Test]
    public void AddScribble_CutsBetweenCharacters_WhenTheTextIsTooLong()
    {
        var writer = new NoteWriter();
        writer.AddScribble(0, "a" + string.Concat(Enumerable.Repeat("😀", 2_000)));
        writer.AddScribble(0, "\ud800!");

        var kept = TextsOf(writer.Seal());

        Assert.That(kept, Is.EqualTo(["a" + string.Concat(Enumerable.Repeat("😀", 1_023)), "\ufffd!"]).AsCollection);
    }

    [Test]
    public void Clear_ForgetsNotesAndCount()
    {
        var writer = new NoteWriter();
        for (var count = 0; count < 600; count++)
        {
            writer.AddScribble(0, "x");
        }

        writer.Clear();

        Assert.That((writer.IsEmpty, writer.DroppedCount, writer.Seal().Length), Is.EqualTo((true, 0u, 0)));
    }

    [Test]
    public void TryRead_EndsAsMalformed_AtEveryTruncation()
    {
        var writer = new NoteWriter();
        writer.AddScribble(300, "some text");
        var whole = writer.Seal().ToArray();

        for (var length = 1; length < whole.Length; length++)
        {
            var reader = new NoteReader(whole.AsSpan(0, length));
            Assert.That((reader.TryRead(out _), reader.IsMalformed), Is.EqualTo((false, true)), $"{length} bytes");
        }
    }

    [Test]
    public void TryRead_SkipsNothingAndNeverThrows_WhenTheBytesAreRandom()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var bytes = new byte[seed % 64];
            new Random(seed).NextBytes(bytes);
            var reader = new NoteReader(bytes);
            var total = 0;
            while (reader.TryRead(out var note))
            {
                total += note.Body.Length + 3;
                _ = note.TryGetNumber(out _);
            }

            Assert.That(total, Is.LessThanOrEqualTo(bytes.Length), $"seed {seed}");
        }
    }

    private static List<string> TextsOf(ReadOnlySpan<byte> notes)
    {
        var texts = new List<string>();
        var reader = new NoteReader(notes);
        while (reader.TryRead(out var note))
        {
            texts.Add(note.GetText());
        }

        return texts;
    }
}
