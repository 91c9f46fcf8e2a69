package dev.dynacog.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How help looks: a command's own options; those that every command takes are named in one line. */
final class HelpPages {
    private static final int WIDEST = 100;
    private static final int NARROWEST = 60;

    private HelpPages() {}

    static void style(CommandLine root, Help.Ansi ansi, int columns) {
        root.setColorScheme(Help.defaultColorScheme(ansi));
        root.setUsageHelpWidth(Math.max(NARROWEST, Math.min(columns, WIDEST)));
        style(root, root);
    }

    private static void style(CommandLine command, CommandLine root) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.abbreviateSynopsis(true);
        usage.sortOptions(false);
        usage.commandListHeading("%nCommands:%n");
        usage.optionListHeading("%nOptions:%n");
        usage.parameterListHeading("%n");
        if (command != root) {
            command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpPages::ownOptions);
            command.getHelpSectionMap()
                    .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING, HelpPages::optionsHeading);
            command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING, any -> commonOptions());
        }
        command.getSubcommands().values().forEach(child -> style(child, root));
    }

    private static String optionsHeading(Help help) {
        boolean any = help.commandSpec().options().stream().anyMatch(HelpPages::isOwn);
        return any ? help.createHeading("%nOptions:%n") : "";
    }

    private static String ownOptions(Help help) {
        CommandSpec spec = help.commandSpec();
        Help.Layout layout = help.createDefaultLayout();
        spec.options().stream()
                .filter(HelpPages::isOwn)
                .forEach(option -> layout.addOption(option, help.createDefaultParamLabelRenderer()));
        return layout.toString();
    }

    private static String commonOptions() {
        return String.format("%nEvery command also takes --env, --output, --query, --region, --help and more:%n"
                + "  dynacog --help%n");
    }

    private static boolean isOwn(OptionSpec option) {
        return !option.inherited() && !option.hidden();
    }
}
