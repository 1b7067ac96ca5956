using System.Globalization;
using System.Text;
using NUnit.Framework;

namespace Mesh.Tests.Architecture;

/// <summary>No way of mentioning a type escapes the test of the arrows.</summary>
public sealed class TypeReferencesTests
{
    [TestCase(typeof(StringBuilder), TestName = "Of_FindsTheTypeOfAField")]
    [TestCase(typeof(Uri), TestName = "Of_FindsAGenericArgument")]
    [TestCase(typeof(Version), TestName = "Of_FindsAParameter")]
    [TestCase(typeof(Path), TestName = "Of_FindsACalledStaticClass")]
    [TestCase(typeof(FormatException), TestName = "Of_FindsACaughtException")]
    [TestCase(typeof(CultureInfo), TestName = "Of_FindsWhatALambdaUses")]
    [TestCase(typeof(Half), TestName = "Of_FindsATypeThatIsOnlyNamed")]
    [TestCase(typeof(BitConverter), TestName = "Of_FindsWhatAnAsyncMethodUses")]
    [TestCase(typeof(ObsoleteAttribute), TestName = "Of_FindsAnAttribute")]
    [TestCase(typeof(IComparable), TestName = "Of_FindsAConstraint")]
    [TestCase(typeof(TimeOnly), TestName = "Of_FindsTheElementOfAnArray")]
    public void Of(Type expected)
    {
        Assert.That(TypeReferences.Of(typeof(MentionSamples)), Does.Contain(expected));
    }

    [Test]
    public void Of_FindsNothingElse()
    {
        Assert.That(TypeReferences.Of(typeof(MentionSamples)), Does.Not.Contain(typeof(Uri).MakeArrayType())
            .And.Not.Contain(typeof(DateOnly)).And.Not.Contain(typeof(MentionSamples)));
    }
}
