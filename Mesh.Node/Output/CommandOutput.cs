using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mesh.Node.Output;

/// <summary>The only way to standard output and standard error: data to the one, talk to the other.</summary>
/// <remarks>
/// Text is escaped here, so that no command can forget it; JSON holds it raw. Data is gathered and written in large
/// pieces: a command that streams calls <see cref="Flush"/> after each batch. Lines end with a line feed on every
/// system. Thread-safe.
/// </remarks>
internal sealed class CommandOutput(ProgramServices services)
{
    private static readonly JsonWriterOptions JsonOptions = new()
    {
        // Quotes, controls and backslashes are escaped by any encoder; this one leaves "->" and letters readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock _lock = new();
    private readonly OutputBuffer _data = new(services.Output);
    private readonly OutputBuffer _talk = new(services.Error);

    /// <summary>The form of data that the user asked for; decides the form of errors too.</summary>
    public OutputFormat Format { get; set; }

    /// <summary>Leaves notes away; errors stay.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Tells what the node does, in detail.</summary>
    public bool IsVerbose { get; set; }

    /// <summary>Columns that a table may take; 0 means any number, because nobody looks at a terminal.</summary>
    public int Columns => services.OutputColumns;

    /// <summary>True when the user asked for JSON, as a document or as lines.</summary>
    public bool IsJson => Format is OutputFormat.Json or OutputFormat.Ndjson;

    /// <summary>Writes one line of data, escaped.</summary>
    /// <exception cref="OutputClosedException">The reader has gone.</exception>
    public void WriteLine(string text)
    {
        lock (_lock)
        {
            _data.Write(TerminalText.Escape(text));
            _data.EndLine();
        }
    }

    /// <summary>Writes one JSON document in one line, its schema first.</summary>
    /// <param name="schema">Name and major version, such as <c>mesh.version/1</c>.</param>
    /// <param name="writeMembers">Writes the other members of the object.</param>
    /// <exception cref="OutputClosedException">The reader has gone.</exception>
    public void WriteJson(string schema, Action<Utf8JsonWriter> writeMembers)
    {
        WriteJsonLine(json =>
        {
            json.WriteString("schema", schema);
            writeMembers(json);
        });
    }

    /// <summary>Writes one JSON object in one line, as one element of a stream.</summary>
    /// <param name="writeMembers">Writes the members of the object, its <c>t</c> first.</param>
    /// <exception cref="OutputClosedException">The reader has gone.</exception>
    public void WriteJsonLine(Action<Utf8JsonWriter> writeMembers)
    {
        lock (_lock)
        {
            WriteObject(_data.Writer, writeMembers);
            _data.EndLine();
        }
    }

    /// <summary>Tells the user something that is not data: one line on standard error, unless quiet.</summary>
    /// <exception cref="OutputClosedException">The reader of the data before it has gone.</exception>
    public void Note(string text)
    {
        if (!IsQuiet)
        {
            Warn(text);
        }
    }

    /// <summary>Tells the user what must be known, quiet or not: one line on standard error.</summary>
    /// <exception cref="OutputClosedException">The reader of the data before it has gone.</exception>
    public void Warn(string text) => Talk(buffer => buffer.Write(TerminalText.Escape(text)));

    /// <summary>Says in one line on standard error why the command failed.</summary>
    /// <param name="exitCode">How the program will end.</param>
    /// <param name="message">What was wrong and, where there is one, the cure.</param>
    /// <returns><paramref name="exitCode"/>, for the command to return. Nothing is thrown.</returns>
    public ExitCode Fail(ExitCode exitCode, string message)
    {
        try
        {
            Flush();
        }
        catch (IOException)
        {
            // The failure stands, whether or not the data before it found its reader.
        }

        Talk(buffer =>
        {
            if (IsJson)
            {
                WriteObject(buffer.Writer, json => WriteError(json, exitCode, message));
            }
            else
            {
                buffer.Write("meshnode: " + TerminalText.Escape(message));
            }
        });
        return exitCode;
    }

    /// <summary>Hands all data written so far to the reader.</summary>
    /// <exception cref="OutputClosedException">The reader has gone.</exception>
    public void Flush()
    {
        lock (_lock)
        {
            _data.Flush();
        }
    }

    private static void WriteObject(IBufferWriter<byte> target, Action<Utf8JsonWriter> writeMembers)
    {
        using var json = new Utf8JsonWriter(target, JsonOptions);
        json.WriteStartObject();
        writeMembers(json);
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, ExitCode exitCode, string message)
    {
        json.WriteString("schema", "mesh.error/1");
        json.WriteNumber("exit", (int)exitCode);
        json.WriteString("code", JsonNamingPolicy.KebabCaseLower.ConvertName(exitCode.ToString()));
        json.WriteString("message", message);
    }

    private void Talk(Action<OutputBuffer> write)
    {
        lock (_lock)
        {
            try
            {
                // Data first, so that a terminal shows both in the order they were written.
                _data.Flush();
            }
            finally
            {
                write(_talk);
                FlushTalk();
            }
        }
    }

    private void FlushTalk()
    {
        try
        {
            _talk.EndLine();
            _talk.Flush();
        }
        catch (IOException)
        {
            // Nobody listens to standard error; the exit code still tells.
        }
    }
}
