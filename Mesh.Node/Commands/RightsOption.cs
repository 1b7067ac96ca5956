using System.CommandLine;
using Mesh.Core.Trust;

namespace Mesh.Node.Commands;

/// <summary><c>--rights</c>: what a node may do here.</summary>
internal sealed class RightsOption : Option<string?>
{
    public RightsOption(string description)
        : base("--rights")
    {
        Description = $"{description}: some of trace,spy,post,call,admin (default: trace,spy)";
        HelpName = "rights";
        Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !RightsText.TryParse(token.Value, out _))
            {
                result.AddError($"\"{token.Value}\" are no rights; name some of trace,spy,post,call,admin");
            }
        });
    }

    /// <summary>The rights that were named, or the usual ones.</summary>
    public Rights Read(ParseResult result) =>
        result.GetValue(this) is { } text && RightsText.TryParse(text, out var rights) ? rights : Rights.Watch;
}
