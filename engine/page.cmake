# Bundles the page of `hansa report` into a source file; without Node, or where its packages cannot be had, an empty one.
cmake_minimum_required(VERSION 3.25)

function(leave_empty why)
  message(WARNING "hansa report will not work: ${why}")
  file(WRITE ${SOURCE} "/// No page: ${why}.\n#include \"tell/page_template.hpp\"\n\nnamespace hansa {\n\n"
    "std::string_view page_template() noexcept {\n  return {};\n}\n\n}  // namespace hansa\n")
endfunction()

if(NOT NODE)
  leave_empty("there is no Node.js (Debian: nodejs and npm)")
  return()
endif()
set(installed ${FOLDER}/node_modules/.package-lock.json)
if(NOT EXISTS ${installed} OR ${FOLDER}/package-lock.json IS_NEWER_THAN ${installed})
  if(NOT NPM)
    leave_empty("there is no npm")
    return()
  endif()
  execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --prefer-offline WORKING_DIRECTORY ${FOLDER}
    RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
  if(failed)
    leave_empty("npm ci failed in analysis/report")
    return()
  endif()
  file(TOUCH ${installed})
endif()
execute_process(COMMAND ${NODE} build.mjs ${SOURCE} WORKING_DIRECTORY ${FOLDER} COMMAND_ERROR_IS_FATAL ANY)
