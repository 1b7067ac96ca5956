using System.Globalization;

namespace Mesh.Tests.Fuzzing;

/// <summary>
/// Fuzzes for as long as one wants: <c>./build.sh fuzz --count N [--seed S] [--target T] [--minutes M]</c>.
/// </summary>
internal static class FuzzProgram
{
    /// <summary>The first argument that asks for it.</summary>
    public const string Verb = "fuzz";

    private const string Usage = "usage: fuzz [--count N] [--seed S] [--target T] [--minutes M]";
    private const int GoodExit = 0;
    private const int FindingsExit = 1;
    private const int UsageExit = 2;

    /// <summary>Runs the targets one after another and prints a line for each.</summary>
    /// <param name="arguments">What follows the verb.</param>
    /// <returns>0, or 1 after findings, or 2 for arguments that are none.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var options = new Dictionary<string, string>
        {
            ["--count"] = "1000000",
            ["--seed"] = Environment.TickCount.ToString(CultureInfo.InvariantCulture),
            ["--target"] = "",
            ["--minutes"] = "60",
        };
        for (var index = 0; index < arguments.Count; index += 2)
        {
            if (index + 1 == arguments.Count || !options.ContainsKey(arguments[index]))
            {
                return Refuse();
            }

            options[arguments[index]] = arguments[index + 1];
        }

        var target = options["--target"];
        return long.TryParse(options["--count"], CultureInfo.InvariantCulture, out var count)
            && int.TryParse(options["--seed"], CultureInfo.InvariantCulture, out var seed)
            && double.TryParse(options["--minutes"], CultureInfo.InvariantCulture, out var minutes)
            && (target.Length == 0 || FuzzTargets.Names.Contains(target))
            ? RunAll(target.Length == 0 ? FuzzTargets.Names : [target], count, seed, TimeSpan.FromMinutes(minutes))
            : Refuse();
    }

    private static int RunAll(IEnumerable<string> names, long count, int seed, TimeSpan maxTime)
    {
        Console.WriteLine($"seed {seed}");
        Console.WriteLine("target          inputs   seconds  slowest ms  most bytes  per byte  findings");
        var hasFindings = false;
        foreach (var name in names)
        {
            using var target = FuzzTargets.Make(name);
            var runner = new FuzzRunner(target, seed);
            var report = runner.Run(count, maxTime);
            Console.WriteLine($"{name,-11}{report}");
            foreach (var finding in report.Findings.Select(runner.Shrink))
            {
                Console.WriteLine(finding);
                Console.WriteLine($"kept in {FuzzRegressions.Keep(finding)}");
                hasFindings = true;
            }
        }

        return hasFindings ? FindingsExit : GoodExit;
    }

    private static int Refuse()
    {
        Console.Error.WriteLine(Usage);
        Console.Error.WriteLine($"targets: {string.Join(", ", FuzzTargets.Names)}");
        return UsageExit;
    }
}
