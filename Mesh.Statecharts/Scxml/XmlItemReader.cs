using System.Text;
using System.Xml;

namespace Mesh.Statecharts.Scxml;

/// <summary>Reads XML from anywhere into elements with places: no document types, no entities, nothing from outside of
/// the file.</summary>
internal static class XmlItemReader
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="ScxmlException">It is not XML, or passes a limit.</exception>
    public static XmlItem Read(SourceText source)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = ScxmlLimits.MaxFileBytes,
            MaxCharactersFromEntities = 1,
        };
        try
        {
            using var reader = XmlReader.Create(new StringReader(source.Text), settings);
            return ReadDocument(reader);
        }
        catch (XmlException fault)
        {
            throw new ScxmlException(Describe(fault), PositionOf(fault, source));
        }
    }

    // The refusal of a document type comes without a place.
    private static TextPosition PositionOf(XmlException fault, SourceText source)
    {
        return fault.LineNumber > 0 ? new TextPosition(fault.LineNumber, Math.Max(fault.LinePosition, 1))
            : source.PositionOf(Math.Max(source.Text.IndexOf("<!DOCTYPE", StringComparison.Ordinal), 0));
    }

    private static string Describe(XmlException fault)
    {
        var message = fault.Message;
        if (message.Contains("DTD", StringComparison.Ordinal))
        {
            return "document types and entities are refused";
        }

        var place = message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return "not XML: " + (place > 0 ? message[..place] : message).TrimEnd('.');
    }

    private static XmlItem ReadDocument(XmlReader reader)
    {
        var open = new Stack<(XmlItem Item, StringBuilder Text)>();
        XmlItem? root = null;
        var count = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var item = ReadElement(reader);
                    Check(item, ++count, open.Count + 1);
                    root ??= item;
                    if (open.TryPeek(out var outer))
                    {
                        outer.Item.Children.Add(item);
                    }

                    if (!reader.IsEmptyElement)
                    {
                        open.Push((item, new StringBuilder()));
                    }

                    break;
                case XmlNodeType.EndElement:
                    var (ended, text) = open.Pop();
                    ended.Text = text.ToString();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    var around = open.Peek();
                    around.Item.TextPosition ??= PositionOf(reader);
                    around.Text.Append(reader.Value);
                    break;
            }
        }

        return root ?? throw new ScxmlException("not XML: there is no element", TextPosition.Start);
    }

    private static void Check(XmlItem item, int count, int depth)
    {
        if (count > ScxmlLimits.MaxElements)
        {
            throw new ScxmlException($"more than {ScxmlLimits.MaxElements} elements", item.Position);
        }

        if (depth > ScxmlLimits.MaxElementDepth)
        {
            throw new ScxmlException($"elements lie deeper than {ScxmlLimits.MaxElementDepth}", item.Position);
        }
    }

    private static XmlItem ReadElement(XmlReader reader)
    {
        var item = new XmlItem(reader.LocalName, reader.NamespaceURI, PositionOf(reader));
        while (reader.MoveToNextAttribute())
        {
            const string declaration = "http://www.w3.org/2000/xmlns/";
            if (reader.NamespaceURI != declaration)
            {
                item.Attributes.Add(
                    new XmlItemAttribute(reader.LocalName, reader.NamespaceURI, reader.Value, PositionOf(reader)));
            }
        }

        reader.MoveToElement();
        return item;
    }

    private static TextPosition PositionOf(XmlReader reader)
    {
        var place = (IXmlLineInfo)reader;
        return new TextPosition(place.LineNumber, place.LinePosition);
    }
}
